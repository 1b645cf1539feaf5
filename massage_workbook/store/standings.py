"""The standing of each question, cached and updated with new answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from massage_workbook.answers.standing import Standing, updated_standing
from massage_workbook.store.database import Connection
from massage_workbook.store.ledger import history_id, to_answer, verified_rows


@dataclass(frozen=True)
class CachedStandings:
    """The standings after the first `upto` answers of a history.

    `history` identifies the file and its history, `checksum` is that of the last answer.
    """

    history: tuple[int, ...] = ()
    upto: int = 0
    checksum: int = 0
    standings: Mapping[str, Standing] = field(default_factory=lambda: MappingProxyType({}))


def updated(
    known: CachedStandings, file: tuple[int, int], connection: Connection
) -> CachedStandings:
    """The standings with new answers; all answers are read again if the history was replaced.

    The connection must be within a transaction, so that both reads see the same answers.

    Raises:
        DatabaseError: an answer is damaged.
    """
    history = *file, history_id(connection)
    last = connection.execute("SELECT seal FROM answers WHERE id = ?", (known.upto,)).fetchone()
    if known.history != history or last != (known.checksum,):
        known = CachedStandings(history)
    return _advanced(known, connection) or _advanced(CachedStandings(history), connection, "at, id")


def _advanced(
    known: CachedStandings, connection: Connection, order: str = "id"
) -> CachedStandings | None:
    """The standings after all answers in this order; None if one is older than its predecessor.

    This happens to imported answers, and while the clock is set back: times decide.
    """
    found, last = dict(known.standings), (known.upto, known.checksum)
    for row in verified_rows(connection, f"WHERE id > ? ORDER BY {order}", known.upto):
        answer = to_answer(row)
        before = found.get(answer.question)
        if before and answer.at < before.at:
            return None
        found[answer.question] = updated_standing(answer, before)
        last = max(last, (row[0], row[-1]))
    return CachedStandings(known.history, *last, MappingProxyType(found))
