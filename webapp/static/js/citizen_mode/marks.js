/**
 * What marks of steps come to. Knows no page.
 *
 * @typedef {{ how: string, level: string, words: string }} Mark  `how` is alone, help, not or empty;
 *   `level` is the support level's code and `words` its name, empty when nobody said.
 */

/** From the least help to the most. */
const LEVELS = ["independent", "indirect", "verbal", "gesture", "modelling", "physical"];

/**
 * @param {Mark[]} marks
 * @returns {{ alone: number[], left: number, level: string }}  The steps done alone, from 1; how many
 *   nobody marked; the most help that any step needed, empty when it was not said of each.
 */
export function summary(marks) {
  const alone = marks.flatMap(({ how }, place) => (how === "alone" ? [place + 1] : []));
  const helped = marks.filter(({ how }) => how === "help");
  const isAll = alone.length === marks.length && marks.length > 0;
  const isSaid = helped.length > 0 && helped.every(({ level }) => level);
  const most = Math.max(0, ...helped.map(({ level }) => LEVELS.indexOf(level)));
  return {
    alone,
    left: marks.filter(({ how }) => !how).length,
    level: isAll || isSaid ? String(LEVELS[most]) : "",
  };
}

/** Tell whether everything is said of a step. @param {Mark} mark */
export const isWhole = ({ how, level }) => Boolean(how) && (how !== "help" || Boolean(level));

/**
 * Return the step to be marked next: the first that nobody has marked whole, of those the citizen has
 * come to; else the one they are at. Whoever marks a moment too late still marks the step that was.
 *
 * @param {Mark[]} marks
 * @param {number} place  Where the citizen is, from 0; behind the last step at the end.
 * @returns {number | undefined}  Nothing at the end, when all is marked.
 */
export function nextToMark(marks, place) {
  const open = marks.findIndex((mark, number) => number <= place && !isWhole(mark));
  if (open >= 0) return open;
  return place < marks.length ? place : undefined;
}

/**
 * Tell in words what the numbers do not: which steps needed which help.
 *
 * @param {Mark[]} marks
 * @param {DOMStringMap} words  `helped` with {number} and {level}, `help`, `not` and `unmarked` with {number}.
 */
export function noteOf(marks, words) {
  return marks
    .map(({ how, level, words: name }, place) => {
      const said = how === "help" && level ? words.helped : words[how || "unmarked"];
      return (said ?? "").replace("{number}", String(place + 1)).replace("{level}", name.trim());
    })
    .filter(Boolean)
    .join(" ");
}
