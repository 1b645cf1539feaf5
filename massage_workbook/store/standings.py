"""How a learner stands with each question: read once from the answers, then continued."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from massage_workbook.answers.standing import Standing, after
from massage_workbook.store.database import Connection
from massage_workbook.store.ledger import answer_of, checked_rows, history_id


@dataclass(frozen=True)
class Known:
    """What the first `upto` answers of a history lead to.

    `history` tells this history from one that took its place, `seal` is that of the last answer.
    """

    history: tuple[int, ...] = ()
    upto: int = 0
    seal: int = 0
    standings: Mapping[str, Standing] = field(default_factory=lambda: MappingProxyType({}))


def continued(known: Known, file: tuple[int, int], connection: Connection) -> Known:
    """What is known after the answers that were added since; all are read if others were put there.

    Nothing may change between what is read here: the connection is within a transaction.

    Raises:
        DatabaseError: an answer is damaged.
    """
    history = *file, history_id(connection)
    last = connection.execute("SELECT seal FROM answers WHERE id = ?", (known.upto,)).fetchone()
    if known.history != history or last != (known.seal,):
        known = Known(history)
    return _read_on(known, connection) or _read_on(Known(history), connection, "at, id")


def _read_on(known: Known, connection: Connection, order: str = "id") -> Known | None:
    """What is known after all answers, read in an order; None where an earlier time comes late.

    Imported answers come so, and those given while the clock was set back: times decide.
    """
    found, last = dict(known.standings), (known.upto, known.seal)
    for row in checked_rows(connection, f"WHERE id > ? ORDER BY {order}", known.upto):
        answer = answer_of(row)
        before = found.get(answer.question)
        if before and answer.at < before.at:
            return None
        found[answer.question] = after(answer, before)
        last = max(last, (row[0], row[-1]))
    return Known(known.history, *last, MappingProxyType(found))
