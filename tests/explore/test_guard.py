"""What does not come from this machine's own page is refused before anything is computed."""

import pytest

OURS = "127.0.0.1:4242"


@pytest.mark.parametrize("host", [OURS, "localhost:4242", "[::1]:4242", "LOCALHOST:4242"])
def test_the_loopback_address_is_let_in(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example:4242", "127.0.0.1", "127.0.0.1:4243", "127.0.0.1.evil.example:4242"])
def test_another_host_is_refused(client, computer, host):
    assert client.get("/", headers={"Host": host}).status_code == 421
    assert client.post("/diagonal", headers={"Host": host}).status_code == 421
    assert computer.asked == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8888"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_elsewhere_cannot_ask(client, computer, headers):
    assert client.post("/diagonal", data={"method": "pf"}, headers=headers).status_code == 403
    assert client.get("/diagonal", headers=headers).status_code == 403
    assert computer.asked == []


def test_our_own_page_can(client, computer):
    headers = {"Origin": f"http://{OURS}", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/diagonal", data={"source": "zoo", "zoo.problem": "x"}, headers=headers).status_code == 200
    assert len(computer.asked) == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client, method):
    answer = client.open("/diagonal", method=method)
    assert answer.status_code == 405
    assert "GET and POST are known here" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/static/explore.js", "/static/explore.css", "/none", "/files/x/result/a.csv"])
def test_every_answer_allows_nothing_but_our_own(client, path):
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["//", "//diagonal", "//files/x/result/a.csv", "//token/diagonal", "//none"])
def test_without_the_token_a_line_says_where_the_address_stands(client, admission, computer, path):
    for answer in (client.get(path), client.post(path, data={"method": "pf"})):
        text = answer.get_data(as_text=True)
        assert answer.status_code == 403
        assert "the whole address stands in the terminal where agf explore runs" in text
        assert admission.root not in text
    assert computer.asked == []


def test_the_address_for_the_browser_we_open_leads_to_the_page_once(client, admission):
    assert client.head(f"/{admission.once}").status_code == 403
    assert client.get("//open/other").status_code == 403
    answer = client.get(f"/{admission.once}")
    assert (answer.status_code, answer.headers["Location"]) == (303, admission.root)
    again = client.get(f"/{admission.once}")
    assert again.status_code == 403
    assert "leads to the page once, and has" in again.get_data(as_text=True)
    assert admission.root not in again.get_data(as_text=True)
