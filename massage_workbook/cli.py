"""The command `massage-workbook`."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from massage_workbook import errors, paths
from massage_workbook.files import DEFAULT_MODE, OWNER_ONLY, make_folder, write_atomically

if TYPE_CHECKING:
    from massage_workbook.answers.answer import Answer
    from massage_workbook.course import Course
    from massage_workbook.exchange import Import
    from massage_workbook.questions import Topic
    from massage_workbook.store import Progress

_START_OPTIONS = [
    click.option(
        "--folder",
        type=click.Path(path_type=Path),
        default=Path("~/massage-workbook"),
        show_default=True,
        help="The folder of your lessons.",
    ),
    click.option(
        "--port",
        type=click.IntRange(1, 65535),
        help="The port to use.  [default: the first free one from 8888]",
    ),
    click.option("--no-browser", is_flag=True, help="Print the address and open nothing."),
]


def _with_start_options(command):  # noqa: ANN001, ANN202
    """Add the options of `start` to a command."""
    for option in reversed(_START_OPTIONS):
        command = option(command)
    return command


class _Command(click.Group):
    """A command that ends with one line on an error for the learner."""

    def invoke(self, context: click.Context) -> object:
        """Run the command, or its subcommand."""
        try:
            return super().invoke(context)
        except errors.UserError as error:
            raise click.ClickException(error.message) from error


@click.group(cls=_Command, invoke_without_command=True)
@_with_start_options
@click.pass_context
def main(context: click.Context, **options: object) -> None:
    """Train to give a gentle back massage. Without a command, the workbook opens."""
    if context.invoked_subcommand is None:
        context.invoke(start, **options)


@main.command()
@_with_start_options
def start(folder: Path, port: int | None, no_browser: bool) -> None:
    """Copy the lessons to your folder and open them."""
    from massage_workbook.lab import server

    server.start(
        folder.expanduser(),
        data=paths.data(),
        source=paths.notebooks(),
        home=paths.home(),
        port=port,
        browser=not no_browser,
        say=click.echo,
    )


def _reporting(what: str) -> AbstractContextManager[None]:
    return errors.reporting(errors.UserError, what)


@main.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="The folder to check.  [default: the workbook's own]",
)
def check(data: Path | None) -> None:
    """Check a folder of course data: print every problem with its line, or a summary."""
    from massage_workbook import invariants
    from massage_workbook.course import coverage
    from massage_workbook.reader import CourseError, problems_at, read, structure_shapes

    try:
        course = read(data)
        structure_shapes(data)
        problems = problems_at(data, invariants.violations(course))
    except CourseError as error:
        problems = error.problems
    if problems:
        for problem in problems:
            click.echo(problem)
        raise click.exceptions.Exit(1)
    for name, items in course:
        click.echo(f"{name.replace('_', ' '):<18}{len(items):>6}")
    click.echo(f"{'questions':<18}{sum(len(topic.questions) for topic in course.topics):>6}")
    click.echo("\nLines of the articles that are cited")
    for article in coverage.measure_coverage(course):
        missing = f"   not cited: {', '.join(map(str, article.missing))}" if article.missing else ""
        click.echo(f"{article.article:<18}{article.cited:>6} of {article.content}{missing}")


@main.group()
def export() -> None:
    """Export the workbook's content for other programs."""


@export.command()
@click.argument("folder", type=click.Path(path_type=Path))
def pictures(folder: Path) -> None:
    """Write every picture of the course into FOLDER, as SVG and PNG."""
    from massage_workbook.figures.gallery import gallery, write
    from massage_workbook.reader import read

    every = gallery(read())
    with (
        _reporting(f"Cannot write into {folder}"),
        click.progressbar(length=2 * len(every), label="Drawing") as bar,
    ):
        for _ in write(every, folder):
            bar.update(1)
    click.echo(f"{len(every)} pictures are in {folder}.")


@export.command()
@click.argument("folder", type=click.Path(path_type=Path))
def html(folder: Path) -> None:
    """Write the lessons into FOLDER as pages to read and print, which need nothing but a browser.

    FOLDER is a new one, or one that this command wrote: then its pages are replaced.
    """
    from massage_workbook import pages

    count = _write_lessons(folder, pages.render)
    click.echo(f"{count} lessons are in {folder}. Open {folder / 'index.html'}.")


def _write_lessons(
    folder: Path, render: Callable[["Course", Path], Mapping[str, str | bytes]]
) -> int:
    """Write the rendered lessons into a folder; return their number."""
    from massage_workbook import pages
    from massage_workbook.widgets import widget

    with _reporting(f"Cannot write {folder}"):
        pages.check_folder(folder)
        course = widget.course()
        pages.write(render(course, paths.notebooks()), folder)
    return len(course.lessons)


@export.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--pyodide",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with Python for the browser.",
)
def web(folder: Path, pyodide: Path | None) -> None:
    """Write the lessons into FOLDER as static files for any web server.

    With --pyodide their questions, planner and practice work in the browser, and the answers stay
    there. Without it they are pages to read, as `html` writes them.
    """
    from massage_workbook import pages
    from massage_workbook.web import edition, runtime

    render = partial(edition.render, pyodide=pyodide) if pyodide else pages.render
    click.echo(f"{_write_lessons(folder, render)} lessons are in {folder}.")
    if pyodide and runtime.node() is None:
        click.echo(
            "Python starts twice as fast in them if you install Node.js and export them again."
        )
    if pyodide is None:
        click.echo(f"They are pages to read.\n{runtime.HOW_TO_GET.format(folder=folder)}")


@export.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--plan", "name", help="A plan of yours, or the id of a ready-made session.")
def practice(file: Path, name: str | None) -> None:
    """Write a practice to FILE.html, one page that leads you on a phone without a network.

    By default it is the plan that you last chose to practise, as today's screening allows it.
    """
    from massage_workbook.widgets import widget
    from massage_workbook.widgets.practice_file import practice_file

    title, plan = widget.plan_named(name) if name else widget.plan_to_practise()
    now = widget.now()
    decision = widget.today().decision(now)
    _write(file, practice_file(widget.course(), title, plan, decision, now))
    click.echo(f"“{title}” is in {file}. Open it in the browser of your phone.")
    if decision is None:
        click.echo("Today's screening is not saved, so the page asks its questions first.")


@export.command("lessons")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_lessons(folder: Path) -> None:
    """Write the lessons into FOLDER, for the learners of a JupyterHub.

    Lessons that were written there before are brought up to date; changed ones stay.
    """
    from massage_workbook.lab import lessons

    with _reporting(f"Cannot write into {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        notices = lessons.install(paths.notebooks(), folder)
    for line in notices:
        click.echo(line)
    click.echo(f"The lessons are in {folder}.")


def _add_export(name: str) -> None:
    """Add the command that exports questions in a format."""

    @export.command(name, help=f"Write the questions to FILE, for {name}.")
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--topic", "names", multiple=True, help="Only this topic; may be repeated.")
    def write_questions(file: Path, names: tuple[str, ...]) -> None:
        from massage_workbook import exchange

        made = exchange.FORMATS[name](_topics(names))
        _write(file, made.text)
        click.echo(f"{_count_of(made.count)} in {file}.")
        if made.not_exported:
            click.echo(f"Not in the file, since {name} does not support it: {made.not_exported}.")
        if made.left_out:
            click.echo(f"{len(made.left_out)} are not, since {name} does not support them:")
            for question in made.left_out:
                click.echo(f"  {question}")


for each_format in ("aiken", "anki", "csv", "gift", "jupytercards", "jupyterquiz"):
    _add_export(each_format)


def _topics(names: tuple[str, ...]) -> "tuple[Topic, ...]":
    """The course's or imported topics of these names; by default all of the course."""
    from massage_workbook.course.model import find_item
    from massage_workbook.reader import own_topics, read

    course = read()
    if not names:
        return course.topics
    every = (*course.topics, *own_topics(paths.own_questions(), course))
    return tuple(find_item("topic", name, every) for name in names)


def _write(file: Path, text: str, *, mode: int = DEFAULT_MODE) -> None:
    """Write a file atomically."""
    with _reporting(f"Cannot write {file}"):
        write_atomically(file, text, mode=mode)


def _read_text(file: Path, limit: int | None = None) -> str:
    """The text of a file in UTF-8 or, with a byte order mark, UTF-16; at most `limit` bytes."""
    with _reporting(f"Cannot read {file}"), file.open("rb") as opened:
        content = opened.read(-1 if limit is None else limit + 1)
    if limit is not None and len(content) > limit:
        raise click.ClickException(f"{file} is too large: at most {limit:,} bytes are allowed.")
    try:
        return content.decode("utf-16" if content[:2] in _UTF_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not text in UTF-8.") from None


_UTF_16 = {b"\xff\xfe", b"\xfe\xff"}


_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@main.command("import")
@_FILE
@click.option("--title", help="The title of the topic.  [default: the file's name]")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["aiken", "anki", "gift", "jupytercards", "jupyterquiz"]),
    help="The format of FILE.  [default: recognised from its content]",
)
@click.option("--replace", metavar="TOPIC", help="Replace this topic of yours by FILE.")
def import_questions(file: Path, title: str | None, kind: str | None, replace: str | None) -> None:
    """Import your own questions from FILE as a new topic.

    FILE is JSON of jupyterquiz or jupytercards, or text in GIFT, Aiken, or as Anki exports it.
    Importing the same file again updates its topic, and keeps the answers to unchanged questions.
    Another file of the same name becomes another topic.
    """
    from massage_workbook import exchange
    from massage_workbook.reader import read

    text, folder, course = _read_text(file), paths.own_questions(), read()
    known = [question for topic in course.topics for question in topic.questions]

    def import_as(name: str) -> "Import":
        return exchange.read(text, name, title or file.stem, course=known, kind=kind)

    with _reporting(f"Cannot read {folder}"):
        topics = exchange.own_files(folder)
    if replace and replace not in topics:
        yours = ", ".join(sorted(topics)) or "none"
        raise click.ClickException(f'You have no topic "{replace}". There is: {yours}.')
    origin = str(file.resolve())
    try:
        name = replace or exchange.assign_topic_id(file.stem, origin, topics, import_as)
        before = topics.get(name)
        found = exchange.with_known_ids(import_as(name), before)
    except exchange.ImportFailedError as error:
        raise click.ClickException(f"{file} {error}.") from error
    with _reporting(f"Cannot make {folder}"):
        make_folder(folder)
    topic = found.topic.model_copy(update={"origin": origin})
    _write(folder / f"{name}.json", topic.model_dump_json(indent=1, exclude_defaults=True) + "\n")
    click.echo(f'{_count_of(len(topic.questions))} imported. Ask them with quiz("{name}").')
    for line in (*_changes(before, topic), *_name_conflict(file.stem, name, topics)):
        click.echo(line)
    for line in found.left_out:
        click.echo(f"Left out: {file.name}, {line}.")
    for line in found.notes:
        click.echo(f"Note: {file.name}, {line}.")


def _count_of(questions: int) -> str:
    return "1 question is" if questions == 1 else f"{questions} questions are"


def _changes(before: "Topic | None", now: "Topic") -> Iterator[str]:
    """The changes of a topic that was imported before."""
    if before is None:
        return
    old, new = ({each.id for each in topic.questions} for topic in (before, now))
    yield (
        f"The topic was there: {len(old & new)} as before, {len(new - old)} new,"
        f" {len(old - new)} no longer in it."
    )


def _name_conflict(stem: str, name: str, topics: "Mapping[str, Topic | None]") -> Iterator[str]:
    """A notice if another file has the usual name, with the option to replace it."""
    from massage_workbook import exchange

    usual = exchange.topic_id(stem)
    if name != usual and name not in topics and usual in topics:
        there = topics[usual]
        origin = f", from {there.origin}" if there and there.origin else ""
        yield (
            f'Another file is the topic "{usual}"{origin}; it stays. To replace it by this one,'
            f" import with --replace {usual}."
        )


# --- statistics ------------------------------------------------------------------------------


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--csv",
    "table",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("question-statistics.csv"),
    show_default=True,
    help="The file for the complete table.",
)
def statistics(files: tuple[Path, ...], table: Path) -> None:
    """Show which questions are hard, do not discriminate, or have attracting wrong options.

    Each of FILES has the answers of one learner: exported, backed up, or the database
    itself. Only the first answer to a question counts.
    """
    from massage_workbook.answers.statistics import item_statistics
    from massage_workbook.views import statistics as view
    from massage_workbook.widgets import widget

    found = item_statistics([_history(file) for file in files], widget.course())
    for line in view.lines(found):
        click.echo(line)
    _write(table, view.csv_text(found))
    learners = "1 learner" if len(files) == 1 else f"{len(files)} learners"
    click.echo(f"{_count_of(len(found))} in {table}, from {learners}.")


def _history(file: Path) -> "list[Answer]":
    """The answers in a file of one learner."""
    from massage_workbook.store import StoreError, portable
    from massage_workbook.store.database import is_database
    from massage_workbook.store.progress import answers_in

    try:
        with _reporting(f"Cannot read {file}"):
            if is_database(file):
                return answers_in(file)
        return portable.from_text(_read_text(file, portable.LARGEST))
    except StoreError as error:
        raise click.ClickException(f"{file}: {error}") from error


# --- a class ---------------------------------------------------------------------------------


@main.group("class")
def class_() -> None:
    """Give answers to a teacher under a pseudonym, and report on those of a class."""


@class_.command("export")
@_FILE
def export_for_class(file: Path) -> None:
    """Write your scores to FILE, for a teacher, once you have seen and confirmed them.

    The file has a row for each question: its id and topic, first and latest score, type of error
    and day, under a random pseudonym. Responses, practices, plans and the screening are not in it.
    """
    from massage_workbook.widgets import widget

    submission = widget.submission(_open_progress())
    if not submission.rows:
        raise click.ClickException("There are no answers to export yet.")
    text = submission.to_text()
    click.echo(text)
    click.confirm(f"The file has only these {len(submission.rows)} rows. Write {file}?", abort=True)
    _write(file, text, mode=OWNER_ONLY)
    click.echo(f"{len(submission.rows)} rows are in {file}.")


@class_.command("report")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def report_on_class(folder: Path) -> None:
    """Report on the files in FOLDER that learners exported."""
    from massage_workbook.classroom import page, report
    from massage_workbook.widgets import widget

    with _reporting(f"Cannot read {folder}"):
        submissions = report.read_folder(folder)
    for line in page.lines(report.report(submissions, widget.course())):
        click.echo(line)


# --- progress --------------------------------------------------------------------------------


@main.group()
def progress() -> None:
    """Export, import, back up and restore your answers."""


def _open_progress() -> "Progress":
    """The learner's answers, once a notice about them has been printed."""
    from massage_workbook.store import Progress

    store = Progress(paths.progress(), datetime.now(UTC))
    if store.notice:
        click.echo(store.notice, err=True)
    return store


@progress.command("export")
@_FILE
@click.option(
    "--with-practices",
    is_flag=True,
    help="Include your practices, with comfort, tender spots and notes.",
)
def export_progress(file: Path, with_practices: bool) -> None:
    """Write your answers to FILE, as JSON. Only you may read the file."""
    from massage_workbook.store import portable
    from massage_workbook.store.practices import TOPIC

    every = _open_progress().answers()
    answers = [each for each in every if with_practices or each.topic != TOPIC]
    text = portable.to_text(answers)
    if len(text) > portable.LARGEST:
        raise click.ClickException(
            f"{len(answers):,} answers are too many for {file}. Copy them with"
            " `massage-workbook progress backup`, which has no limit."
        )
    _write(file, text, mode=OWNER_ONLY)
    click.echo(f"{len(answers)} answers are in {file}.")
    if left_out := len(every) - len(answers):
        click.echo(
            f"Your practices were left out ({left_out}), with comfort, tender spots and notes:"
            " --with-practices includes them."
        )


_SHOWN = 3
"""Maximum number of answers listed one by one."""


@progress.command("import")
@_FILE
def import_progress(file: Path) -> None:
    """Add the answers of FILE to yours, without duplicates."""
    from massage_workbook.store import from_text, portable

    store = _open_progress()
    found = from_text(_read_text(file, portable.LARGEST))
    given, later = portable.split_by_clock(found, datetime.now(UTC))
    new = store.merge(given)
    click.echo(f"{new} of {len(found)} answers were new and are added.")
    for answer in later[:_SHOWN]:
        click.echo(
            f"Left out: the answer to {answer.question!a} of {answer.at:%d %B %Y},"
            " which is later than the clock of this computer."
        )
    if len(later) > _SHOWN:
        click.echo(f"Left out as well: {len(later) - _SHOWN} more answers of later times.")


@progress.command()
@_FILE
def backup(file: Path) -> None:
    """Write a verified copy of your answers to FILE."""
    count = _open_progress().back_up(file)
    click.echo(f"{count} answers are in {file}, and the copy was verified.")


@progress.command()
@_FILE
def restore(file: Path) -> None:
    """Restore the backup FILE, and keep a copy of the current answers."""
    store = _open_progress()
    aside = store.restore(file, datetime.now(UTC))
    count = len(store.answers())
    click.echo(f"{count} answers are restored. A copy of those before is {aside}.")


if __name__ == "__main__":
    main()
