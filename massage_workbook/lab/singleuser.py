"""A learner's server on a JupyterHub: JupyterHub's own, without the parts that only the hub uses.

JupyterHub 6 imports the hub's database and pages into every server, for the names of two classes.
That is a third of the server's memory.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

import massage_workbook.lab.quick_start  # noqa: F401 - before anything of Jupyter's

SERVER = "jupyterhub.singleuser"
STAND_INS: Mapping[str, Mapping[str, object]] = {
    "sqlalchemy": {"func": None},
    "sqlalchemy.exc": {"SQLAlchemyError": type("SQLAlchemyError", (Exception,), {})},
    "jupyterhub.orm": {},
    "jupyterhub.handlers": {},
    "jupyterhub.handlers.pages": {"HealthCheckHandler": type("HealthCheckHandler", (), {})},
}
"""What stands in for modules of the hub: all that a server asks of them while it is imported.

Who asks for more later gets an AttributeError, so that a request is refused.
"""


def import_server(stand_ins: Mapping[str, Mapping[str, object]] = STAND_INS) -> ModuleType:
    """JupyterHub's module of a learner's server, with the whole hub only where it insists."""
    try:
        with _in_place(stand_ins):
            return import_module(SERVER)
    except (ImportError, AttributeError):  # another JupyterHub, whose servers ask for more
        for name in [name for name in sys.modules if name.partition(".")[0] == "jupyterhub"]:
            del sys.modules[name]
        return import_module(SERVER)


@contextmanager
def _in_place(stand_ins: Mapping[str, Mapping[str, object]]) -> Iterator[None]:
    """Have modules stand in for those not imported yet; afterwards, others import the real ones."""
    names = stand_ins.keys() - sys.modules.keys()
    for name in names:
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__dict__.update(stand_ins[name], __path__=[])
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


if __name__ == "__main__":
    import_server().main()
