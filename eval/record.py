"""A JSON object read field by field, every fault of it named."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from index.errors import DatelineError


@dataclass(frozen=True)
class Record:
    """A JSON object and where it stands, so that whatever is wrong with it can be named."""

    where: str
    fields: dict[str, Any]

    @classmethod
    def parse(cls, line: str, where: str) -> "Record":
        try:
            return cls.of(json.loads(line), where)
        except json.JSONDecodeError as error:
            raise DatelineError(
                f"{where}: not JSON ({error})", "write one object a line"
            ) from error

    @classmethod
    def of(cls, value: object, where: str) -> "Record":
        if not isinstance(value, dict):
            raise DatelineError(f"{where}: {value!r} is not a JSON object", "write {...}")
        return cls(where, value)

    def refuse(self, name: str, what: str, cure: str) -> NoReturn:
        raise DatelineError(f"{self.where}: field '{name}' {what}", cure)

    def expect(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
        for name in self.fields:
            if name not in required + optional:
                self.refuse(name, "is unknown", f"use {', '.join(required + optional)}")
        for name in required:
            if name not in self.fields:
                self.refuse(name, "is missing", "add it")

    def text(self, name: str) -> str:
        value = self.fields[name]
        if not isinstance(value, str) or not value.strip():
            self.refuse(name, f"is {value!r}", "give a text that is not blank")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(Record(self.where, {name: value}).text(name) for value in self.items(name))

    def records(self, name: str) -> "tuple[Record, ...]":
        return tuple(Record.of(value, f"{self.where}, {name}") for value in self.items(name))

    def items(self, name: str) -> list[Any]:
        value = self.fields[name]
        if not isinstance(value, list):
            self.refuse(name, f"is {value!r}", "give a list")
        return value

    def day(self, name: str) -> date:
        value = self.text(name)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(name, f"is {value!r}", "give a day as 2021-10-31")
