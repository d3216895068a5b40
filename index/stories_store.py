"""Which articles tell one story: rows beside the archive's own tables, in the same SQLite file.

Nothing here is lost with it: what is missing is found again from the articles.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from index.database import Database

COMMON = 50  # articles; a run of words that more of them have is a phrase of the trade, or litter


class StoryStore(Database):
    """On a connection of its own, so that readers need not wait while articles are compared."""

    def _column(self, sql: str, values: Sequence[object] = ()) -> list[str]:
        return [str(row[0]) for row in self.rows(sql, values)]

    def waiting(self, among: Sequence[str] | None = None) -> list[str]:
        """Ready articles that have no story yet, in the order in which they were added.

        Args:
            among: look at these alone; by default at all, which takes longer the more there are.
        """
        where = "" if among is None else " AND id IN (SELECT value FROM json_each(?))"
        return self._column(
            f"SELECT id FROM articles WHERE state = 'ready'{where}"
            " AND id NOT IN (SELECT article_id FROM stories) ORDER BY rowid",
            [] if among is None else [json.dumps(among)],
        )

    def put(self, article_id: str, stories: Sequence[str], runs: Iterable[int]) -> None:
        """Add an article to the first of these stories, and the others to it; to a new one of its
        own if there is none."""
        story = stories[0] if stories else article_id
        insert = "INSERT OR IGNORE INTO stories (article_id, story) VALUES (?, ?) RETURNING number"
        for (number,) in self.rows(insert, [article_id, story]):
            rows = [(run, number) for run in runs]
            self._db.executemany("INSERT OR IGNORE INTO story_runs VALUES (?, ?)", rows)
        for other in stories[1:]:
            self.rows("UPDATE stories SET story = ? WHERE story = ?", [story, other])

    def sharing(self, runs: Iterable[int]) -> list[str]:
        """Articles that have any of these runs, unless it is common; those with most first."""
        found: Counter[str] = Counter()
        for run in runs:
            sql = "SELECT number FROM story_runs WHERE hash = ? LIMIT ?"
            having = self._column(sql, [run, COMMON + 1])
            found.update(having if len(having) <= COMMON else [])
        ids = "SELECT article_id FROM stories WHERE number = ?"
        return [one for number, _ in found.most_common() for one in self._column(ids, [number])]

    def days(self, ids: Sequence[str]) -> dict[str, date | None]:
        """Days of publication of those that are ready."""
        sql = (
            "SELECT id, substr(published, 1, 10) FROM articles WHERE state = 'ready'"
            " AND id IN (SELECT value FROM json_each(?))"
        )
        rows = self.rows(sql, [json.dumps(ids)])
        return {str(one): date.fromisoformat(str(day)) if day else None for one, day in rows}

    def story(self, article_id: str) -> str:
        """The story's id; the article's own where it tells none with others."""
        return self.of([article_id])[article_id]

    def of(self, ids: Iterable[str]) -> dict[str, str]:
        """The same of each of these articles."""
        wanted = list(ids)
        rows = self.rows(
            "SELECT article_id, story FROM stories"
            " WHERE article_id IN (SELECT value FROM json_each(?))",
            [json.dumps(wanted)],
        )
        return {one: one for one in wanted} | dict(rows)

    def members(self, article_id: str) -> list[str]:
        """The ready articles of its story, itself too, first published first; undated ones last."""
        return self._column(
            "SELECT id FROM articles WHERE state = 'ready' AND"
            " id IN (SELECT article_id FROM stories WHERE story = ?) ORDER BY published IS NULL,"
            " published, rowid",
            [self.story(article_id)],
        ) or [article_id]

    def count(self) -> int:
        """Stories that ready articles tell."""
        sql = "SELECT count(DISTINCT story) FROM stories JOIN articles ON id = article_id"
        return int(str(self.rows(f"{sql} WHERE state = 'ready'")[0][0]))
