"""The content security policy: local files only, and no scripts."""

POLICY = "Content-Security-Policy"


def policy(page):
    (meta,) = page.find_all("meta", attrs={"http-equiv": POLICY})
    rules = (rule.split() for rule in meta["content"].split(";"))
    return {name: sources for name, *sources in rules}


def test_every_page_declares_its_content_security_policy_first(read):
    for page in read.values():
        found = policy(page)
        assert found["default-src"] == ["'none'"]
        assert found["img-src"] == found["style-src"] == ["'self'"]
        assert "script-src" not in found  # then the default holds: no script at all
        head = [each.name for each in page.head.find_all(["meta", "link", "style"])]
        assert head.index("link") > [m.get("http-equiv") for m in page.head.find_all("meta")].index(
            POLICY
        )


def test_no_page_violates_its_policy(read, files):
    for name, page in read.items():
        active = "script, iframe, object, embed, base, form, style, audio, video, [style]"
        assert not page.select(active), name
        for tag in page.find_all(True):
            assert not [key for key in tag.attrs if key.startswith("on")], name
        assert {each.get("src", each.get("href")) for each in page.select("img, link")} <= {*files}
