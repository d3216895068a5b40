"""Files that visitors drop: kept under their own names, and nowhere else."""

from pathlib import Path

import pytest
from conftest import WordEncoder

from index.errors import UnreadableSource
from rag.archive import Archive
from ui.shelves.uploads import FOLDER, Dropped, Kept, forget, keep, safe_parts, told

TEXT = "The sluice gates were opened at dawn, the harbour master said on Tuesday."


@pytest.fixture
def received(tmp_path: Path) -> Path:
    folder = tmp_path / "received"
    folder.mkdir()
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def dropped(received: Path, name: str, text: str = TEXT) -> Dropped:
    file = received / "sent"
    file.write_text(text)
    return Dropped(str(file), name)


def drop(received: Path, archive: Path, name: str, text: str = TEXT) -> Kept:
    return keep([dropped(received, name, text)], received, archive)


def test_a_file_is_moved_into_the_archives_folder_under_its_own_name(
    received: Path, archive: Path
) -> None:
    kept = drop(received, archive, "gates.txt")
    assert (kept.sources, kept.refused) == ([archive / FOLDER / "gates.txt"], [])
    assert kept.sources[0].read_text() == TEXT
    assert list(received.iterdir()) == []


def test_of_a_folder_the_whole_is_added(received: Path, archive: Path) -> None:
    kept = drop(received, archive, "clippings/june/gates.txt")
    assert kept.sources == [archive / FOLDER / "clippings"]
    assert (archive / FOLDER / "clippings" / "june" / "gates.txt").is_file()


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "../a.txt", "a/../../b.txt", "/etc/passwd", "\\\\host\\a.txt", "..\\a.txt",
        ".hidden", "a/.git/config", "a\0b.txt", "a\nb.txt", "C:\\a.txt", "\udc80.txt", "x" * 300,
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(received: Path, archive: Path, name: str) -> None:
    kept = drop(received, archive, name)
    assert (kept.sources, len(kept.refused)) == ([], 1)
    assert not archive.exists()


def test_a_file_that_was_not_sent_is_refused(received: Path, archive: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(TEXT)
    (received / "link").symlink_to(secret)
    names = [str(secret), f"{received}/../secret.txt", str(received / "link"), "nowhere", "a\0b"]
    kept = keep([Dropped(name, "a.txt") for name in names], received, archive)
    assert (kept.sources, len(kept.refused)) == ([], len(names))
    assert secret.exists()


def test_a_sidecar_alone_is_refused_with_what_to_do(received: Path, archive: Path) -> None:
    [error] = drop(received, archive, "metadata.csv").refused
    assert str(error) == "metadata.csv: it describes files beside it: drop their whole folder"
    assert safe_parts("clippings/metadata.csv") == ("clippings", "metadata.csv")


def test_a_file_where_a_folder_is_harms_nothing(received: Path, archive: Path) -> None:
    drop(received, archive, "clippings/gates.txt")
    assert len(drop(received, archive, "clippings").refused) == 1
    assert len(drop(received, archive, "clippings/gates.txt/a.txt").refused) == 1
    assert (archive / FOLDER / "clippings" / "gates.txt").read_text() == TEXT


def test_the_same_file_again_is_unchanged_and_another_of_its_name_replaces_it(
    received: Path, archive: Path
) -> None:
    with Archive.open(archive, WordEncoder()) as opened:
        opened.add(drop(received, archive, "gates.txt").sources)
        again = opened.add(drop(received, archive, "gates.txt").sources)
        assert (again.added, again.unchanged, again.replaced) == (0, 1, 0)
        other = drop(received, archive, "gates.txt", "The gates of the harbour stayed shut today.")
        changed = opened.add(other.sources)
        assert (changed.added, changed.replaced) == (1, 1)
        assert opened.status().articles == 1


def test_only_a_file_that_was_kept_is_ever_deleted(received: Path, archive: Path) -> None:
    [kept] = drop(received, archive, "gates.txt").sources
    other = received / "other.txt"
    other.write_text(TEXT)
    forget(str(other), archive)
    forget(str(kept.resolve()), archive)
    assert (other.exists(), kept.exists()) == (True, False)


def test_an_error_names_the_file_as_its_owner_does(archive: Path) -> None:
    error = UnreadableSource(f"{archive.resolve()}/{FOLDER}/a.xyz: not a format", "rename it")
    assert told(error, archive) == "a.xyz: not a format: rename it"
