"""LlamaIndex as its quick start has it, over Chroma, with Dateline's weights and passage size."""

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import chromadb
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore

from eval.benchmarks.speed.contender import FOUND
from eval.benchmarks.speed.workload import Asking, read_articles
from index.article import shorten
from index.encoder.weights import folder
from index.passages import MAX_TOKENS

TITLE = 160  # characters: metadata counts against the chunk, and one longer than it is an error


class QuickStart:
    """`VectorStoreIndex` in a persistent Chroma collection."""

    def __init__(self, store: Path) -> None:
        self._collection = chromadb.PersistentClient(str(store)).get_or_create_collection(
            "quickstart"
        )
        self._vectors = ChromaVectorStore(chroma_collection=self._collection)
        self._encoder = HuggingFaceEmbedding(model_name=str(folder()))

    def add(self, articles: Path) -> int:
        documents = [
            Document(text=article.text, metadata={"title": shorten(article.title, TITLE)})
            for article in read_articles(articles)
        ]
        VectorStoreIndex.from_documents(
            documents,
            storage_context=StorageContext.from_defaults(vector_store=self._vectors),
            embed_model=self._encoder,
            transformations=[SentenceSplitter(chunk_size=MAX_TOKENS, chunk_overlap=0)],
        )
        return self._collection.count()

    def find(self, question: str) -> list[str]:
        index = VectorStoreIndex.from_vector_store(self._vectors, embed_model=self._encoder)
        found = index.as_retriever(similarity_top_k=FOUND).retrieve(question)
        return [node.get_content() for node in found]

    def stages(self, asking: Asking) -> Mapping[str, float]:
        began = perf_counter()
        self._encoder.get_query_embedding(asking.text)
        return {"encoding the question": (perf_counter() - began) * 1000}
