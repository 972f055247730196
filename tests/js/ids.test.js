import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";

/** Each test has a page of its own: the order of ids is kept for one page. */
let pages = 0;
const newPage = () => import(`../../webapp/static/js/ids.js?page=${++pages}`);

const random = (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => webcrypto.getRandomValues(bytes);
const zeros = (/** @type {Uint8Array} */ bytes) => bytes.fill(0);
const ones = (/** @type {Uint8Array} */ bytes) => bytes.fill(0xff);

test("an id is the one the standard gives for its time and random bytes", async () => {
  const { uuid7 } = await newPage();
  const bytes = [0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];

  const id = uuid7(1645557742000, (/** @type {Uint8Array} */ rest) => rest.set(bytes));

  assert.equal(id, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"); // RFC 9562, appendix A.6
});

test("an id says version 7 and variant 10 whatever the random bytes are", async () => {
  const { uuid7 } = await newPage();

  for (const fill of [zeros, ones, random]) {
    assert.match(
      uuid7(1, fill),
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  }
});

test("a later millisecond makes a later id, also beyond 32 bits", async () => {
  const { uuid7 } = await newPage();
  const times = [1, 2, 0xffff, 0x10000, 0xffffffff, 0x100000000, 1_800_000_000_000, 2 ** 48 - 1];

  // The earlier has the highest and the later the lowest random bytes: only time can decide.
  const ids = times.map((time, index) => uuid7(time, index % 2 ? zeros : ones));

  assert.deepEqual(ids, [...ids].sort());
});

test("ids of one millisecond are in order and differ, also when its counter is full", async () => {
  const { uuid7 } = await newPage();

  const ids = Array.from({ length: 10_000 }, () => uuid7(1_800_000_000_000, random));

  assert.deepEqual(ids, [...ids].sort());
  assert.equal(new Set(ids).size, ids.length);
});

test("ids stay in order when the tablet's clock is set back", async () => {
  const { uuid7 } = await newPage();

  const before = uuid7(1_800_000_000_000, ones);
  const after = uuid7(1_700_000_000_000, zeros);

  assert.ok(after > before);
});

test("a time with a fraction does not break the order", async () => {
  const { uuid7 } = await newPage();

  const ids = [1000, 1000.2, 1000.9, 1001].map((time) => uuid7(time, random));

  assert.deepEqual(ids, [...ids].sort());
});

test("100,000 ids differ", async () => {
  const { uuid7 } = await newPage();

  const ids = new Set(Array.from({ length: 100_000 }, () => uuid7(Date.now(), random)));

  assert.equal(ids.size, 100_000);
});

/** A form with its field, as far as ids.js looks at them. */
function drawnForm(value = "from-the-server") {
  const form = { querySelectorAll: () => [input] };
  const input = { form, value };
  return { form, input };
}

const root = (/** @type {{ input: object }[]} */ ...forms) => ({
  querySelectorAll: () => forms.map(({ input }) => input),
});

test("a form that is drawn gets an id of its own instead of the server's", async () => {
  globalThis.crypto ??= webcrypto;
  const { drawIds } = await newPage();
  const [bread, butter] = [drawnForm("same"), drawnForm("same")];

  drawIds(root(bread, butter));

  assert.notEqual(bread.input.value, "same");
  assert.notEqual(bread.input.value, butter.input.value);
});

test("a form that was not drawn again keeps its id", async () => {
  const { drawIds } = await newPage();
  const form = drawnForm();
  drawIds(root(form));
  const first = form.input.value;

  drawIds(root(form));

  assert.equal(form.input.value, first);
});

test("a form that was drawn again gets a new id", async () => {
  const { drawIds } = await newPage();
  const form = drawnForm();
  drawIds(root(form));
  const first = form.input.value;

  form.input.value = "from-the-server-again";
  drawIds(root(form));

  assert.ok(form.input.value > first);
});

test("a form that waits for its answer keeps its id when it is drawn again", async () => {
  const { drawIds } = await newPage();
  const form = drawnForm();
  drawIds(root(form));
  const first = form.input.value;

  form.input.value = "from-the-server-again";
  drawIds(root(form), () => first);

  assert.equal(form.input.value, first);
});

test("a form whose tap is stored gets a new id without being drawn again", async () => {
  const { drawIds, renewId } = await newPage();
  const form = drawnForm();
  drawIds(root(form));
  const first = form.input.value;

  renewId(form.form, first);
  renewId(form.form, first);
  const second = form.input.value;
  drawIds(root(form));

  assert.ok(second > first);
  assert.equal(form.input.value, second);
});
