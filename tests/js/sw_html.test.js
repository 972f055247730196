import assert from "node:assert/strict";
import { test } from "node:test";
import { daysOn, mark, picturesOn, strip } from "../../webapp/static/js/sw/html.js";

const PAGE = `<body hx-headers:inherited='{"X-CSRFToken": "IjEyMyI.abc"}' data-login="anna-1">
  <form class="sign-form"
        id="tap-7"
        method="post"
        action="/signs/7/observations"
        data-outbox="observation.create_for_sign" data-target="7"
        hx-post="/signs/7/observations"
        hx-target="#goal-1">
    <input type="hidden" name="csrf_token" value="IjEyMyI.abc"><input type="hidden" name="new_id" value="0198-server" data-draw-id autocomplete="off">
    <p>Hun sagde: ”method=&#34;post&#34; hx-post=&#34;x&#34;”</p>
  </form>
  <form action="/logout" method="post"><input type="hidden" name="csrf_token" value="IjEyMyI.abc"></form>`;

test("e6: a kept page has no token left, anywhere", () => {
  assert.doesNotMatch(strip(PAGE), /IjEyMyI/);
});

test("a kept page has no id that was drawn for a tap, so that none is used twice", () => {
  assert.doesNotMatch(strip(PAGE), /0198-server/);
  assert.match(strip(PAGE), /name="new_id" value="" data-draw-id/);
});

test("a kept page's forms send nothing themselves, and are still known by their names", () => {
  const page = strip(PAGE);

  assert.doesNotMatch(page, /method="post"/);
  assert.equal(page.match(/method="dialog"/g)?.length, 2);
  assert.match(page, /id="tap-7"/);
  assert.match(page, /hx-post="\/signs\/7\/observations"/);
  assert.match(page, /action="\/signs\/7\/observations"/);
  assert.match(page, /data-outbox="observation.create_for_sign"/);
});

test("what people wrote is kept as it was written", () => {
  assert.match(strip(PAGE), /Hun sagde: ”method=&#34;post&#34; hx-post=&#34;x&#34;”/);
});

test("a page without a token is kept too", () => {
  assert.equal(strip("<body>Vagten"), "<body>Vagten");
});

test("the body is marked once", () => {
  assert.equal(
    mark("<html><body class='a'><p>", "shown-from", "x"),
    `<html><body data-shown-from="x" class='a'><p>`,
  );
});

test("a board leads to days, each once, and to nothing else", () => {
  const id = "196a372d-e4c0-5126-a123-da31d66cba39";
  const board = `<a href="/citizens/${id}">Sofie</a> <a href="/citizens/${id}">Sofie</a>
    <a href="/citizens/${id}/plan">Plan</a> <a href="https://elsewhere.example/citizens/${id}">x</a>`;

  assert.deepEqual(daysOn(board), [`/citizens/${id}`]);
});

test("of an instruction its pictures, posters and voices lie on the tablet, and the clips that say so", () => {
  const id = "0198c0de-0000-4000-8000-000000000001";
  const page = `<img src="/step-pictures/${id}" srcset="/step-pictures/${id}?size=large 1600w">
    <section data-voice="/step-voices/${id}"><img src="/step-clips/${id}/poster"></section>
    <div data-clip="/step-clips/${id}" data-keep="/step-clips/${id}"></div>
    <div data-clip="/step-clips/${id.replace("1", "2")}"></div>`;

  assert.deepEqual(picturesOn(page), [
    `/step-pictures/${id}`,
    `/step-voices/${id}`,
    `/step-clips/${id}/poster`,
    `/step-clips/${id}`,
  ]);
});
