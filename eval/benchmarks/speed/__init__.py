"""How fast Dateline adds and answers, beside what people use today.

`python -m eval.benchmarks.speed FOLDER` with the folder of one year of RealTimeQA, or any file or
folder that `dateline add` reads. Every contender runs alone in a process of its own, over the same
articles and questions, in turns. `pip install 'dateline[bench]'` brings the peers; one that is not
installed is left out.
"""
