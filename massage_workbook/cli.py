"""The command `massage-workbook`."""

from pathlib import Path

import click

from massage_workbook import paths

START_OPTIONS = [
    click.option(
        "--folder",
        type=click.Path(path_type=Path),
        default=Path("~/massage-workbook"),
        show_default=True,
        help="Where your lessons lie.",
    ),
    click.option(
        "--port",
        type=click.IntRange(1, 65535),
        help="The port to use.  [default: the first free one from 8888]",
    ),
    click.option("--no-browser", is_flag=True, help="Print the address and open nothing."),
]


def start_options(command):  # noqa: ANN001, ANN201
    """Give a command the options of `start`."""
    for option in reversed(START_OPTIONS):
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@start_options
@click.pass_context
def main(context: click.Context, **options: object) -> None:
    """Train to give a gentle back massage. Without a command, the workbook opens."""
    if context.invoked_subcommand is None:
        context.invoke(start, **options)


@main.command()
@start_options
def start(folder: Path, port: int | None, no_browser: bool) -> None:
    """Lay the lessons into your folder and open them."""
    from massage_workbook.lab import server

    try:
        server.start(
            folder.expanduser(),
            source=paths.notebooks(),
            home=paths.home(),
            port=port,
            browser=not no_browser,
            say=click.echo,
        )
    except server.CannotStartError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="The folder to check.  [default: the workbook's own]",
)
def check(data: Path | None) -> None:
    """Check a folder of course data: every problem with its line, or a table of what is there."""
    from massage_workbook.course import CourseError, coverage, read

    try:
        course = read(data)
    except CourseError as error:
        for problem in error.problems:
            click.echo(problem)
        raise click.exceptions.Exit(1) from None
    for name, items in course:
        click.echo(f"{name.replace('_', ' '):<18}{len(items):>6}")
    click.echo(f"{'questions':<18}{sum(len(topic.questions) for topic in course.topics):>6}")
    report = coverage.coverage(course)
    click.echo("\nLines of the articles that are cited")
    for article in report:
        missing = f"   not cited: {', '.join(map(str, article.missing))}" if article.missing else ""
        click.echo(f"{article.article:<18}{article.cited:>6} of {article.content}{missing}")
    if problems := coverage.shortfalls(report):
        for problem in problems:
            click.echo(problem)
        raise click.exceptions.Exit(1)


@main.group()
def export() -> None:
    """Write what the workbook holds as files for other programs."""


@export.command()
@click.argument("folder", type=click.Path(path_type=Path))
def pictures(folder: Path) -> None:
    """Write every picture of the course into FOLDER, as SVG and PNG, with contact sheets."""
    from massage_workbook.course import read
    from massage_workbook.figures.gallery import count, gallery, write

    every = gallery(read())
    try:
        with click.progressbar(length=count(every), label="Drawing") as bar:
            for _ in write(every, folder):
                bar.update(1)
    except OSError as error:
        raise click.ClickException(f"Cannot write into {folder}: {error.strerror}.") from error
    click.echo(f"{len(every)} pictures are in {folder}.")


if __name__ == "__main__":
    main()
