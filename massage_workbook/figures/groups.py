"""Artists drawn as one group of the SVG, which a page finds by its id."""

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase


class Group(Artist):
    """Artists drawn as one group of the SVG, with the group's id."""

    def __init__(self, gid: str, members: Sequence[Artist]) -> None:
        super().__init__()
        self.set_gid(gid)
        self.members = members

    def draw(self, renderer: RendererBase) -> None:
        """Draw its members in order."""
        renderer.open_group("group", gid=self.get_gid())
        for member in self.members:
            member.draw(renderer)
        renderer.close_group("group")

    def get_children(self) -> list[Artist]:
        """Its members, which `findobj` descends into."""
        return list(self.members)


def add_group(axes: Axes, gid: str, members: Sequence[Artist]) -> None:
    """Add artists in (u, v), not clipped, to axes of the plane as one group."""
    group = Group(gid, members)
    for artist in group.findobj():
        artist.set_figure(axes.figure)
        artist.set_transform(axes.transData)
    group.set_zorder(1)  # as patches have
    axes.add_artist(group)
    group.set_clip_path(None)
