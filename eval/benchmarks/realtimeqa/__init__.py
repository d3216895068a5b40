"""RealTimeQA: weekly news-quiz questions over the real news of their year.

`python -m eval.benchmarks.realtimeqa FOLDER` with the folder of one year, which holds
`articles.jsonl.gz` and `questions.jsonl`. Kasai et al. 2022, https://arxiv.org/abs/2207.13332.
"""
