"""How far the sample archive's scores move where nothing but rounding differs, as it does from
processor to processor: `python -m eval.benchmarks.rounding [--draws N]`

8-bit products turn a difference in a number's last digits into a whole step. Each draw changes the
biases and norms of encoder and reader by some 1e-5, makes the archive anew, and runs the suite.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from eval import sample
from eval.known import evaluate
from eval.report import Measure
from eval.score import MEASURES
from index.encoder import export, weights
from rag.archive import Archive
from rag.reader.model import FILE, ReaderModel

RELATIVE = 1e-5


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.rounding", description=__doc__)
    parser.add_argument("--draws", type=int, default=8, help="default 8, half a minute each")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        shipped = Path(folder) / "encoder.onnx"
        export.export(shipped, "int8")
        runs = []
        for seed in range(options.draws):
            os.environ["DATELINE_HOME"] = str(Path(folder) / str(seed))
            _redraw(shipped, weights.onnx_file("int8"), seed)
            reader = ReaderModel(_redraw(FILE, Path(folder) / str(seed) / "reader.onnx", seed))
            with Archive.open("sample", reader=reader) as archive:
                archive.add(sample.ARTICLES)
                runs.append(evaluate(archive, sample.CASES).report.overall)
            sys.stderr.write(f"draw {seed + 1} of {options.draws}\n")
    print("| measure | lowest | median | highest | standard deviation, in cases |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name in MEASURES:
        print(f"| {name} | {_row([run[name] for run in runs])} |")
    return 0


def _redraw(source: Path, target: Path, seed: int) -> Path:
    """Copy a graph, with other last digits in its vectors of 32-bit floats."""
    model = onnx.load(source)
    draw = np.random.default_rng(seed)
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.ndim == 1:
            values = values * draw.normal(1, RELATIVE, values.shape).astype(np.float32)
            tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))
    target.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, target)
    return target


def _row(drawn: Sequence[Measure]) -> str:
    values = [measure.value for measure in drawn if measure.value is not None]
    spread = statistics.stdev(values) * drawn[0].cases
    middle = statistics.median(values)
    return f"{min(values):.3f} | {middle:.3f} | {max(values):.3f} | {spread:.1f}"


if __name__ == "__main__":
    sys.exit(main())
