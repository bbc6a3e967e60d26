"use strict";
const form = document.querySelector(".filters");
const tests = [...document.querySelectorAll(".test")];
const count = form.querySelector("output");
const nothing = document.querySelector(".nothing");
const groups = [...document.querySelectorAll(".group")];
const rests = [...document.querySelectorAll("#tests .rest")];
let title = "";

function value(name) {
  const field = form.elements[name];
  return field ? field.value : "";
}

function has(list, wanted) {
  return !wanted || list.split(" ").includes(wanted);
}

function apply() {
  const words = value("text").toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const test of tests) {
    const data = test.dataset;
    const fits =
      (!value("status") || data.status === value("status")) &&
      (!value("category") || data.category === value("category")) &&
      (!value("column") || data.column === value("column")) &&
      (!title || data.title === title) &&
      has(data.outcomes, value("outcome")) &&
      has(data.clauses, value("clause")) &&
      (!words.length || words.every((word) => test.textContent.toLowerCase().includes(word)));
    test.hidden = !fits;
    shown += fits;
  }
  count.value = `${shown} of ${tests.length} ${tests.length === 1 ? "test" : "tests"}`;
  nothing.hidden = shown > 0;
  for (const group of groups) group.hidden = !group.querySelector(".test:not([hidden])");
  for (const rest of rests) {
    rest.hidden = !rest.querySelector(".test:not([hidden])");
    if (shown < tests.length) rest.open = true;
  }
  for (const tile of document.querySelectorAll("[data-filter-status]")) {
    tile.setAttribute("aria-pressed", tile.dataset.filterStatus === value("status"));
  }
}

function choose(choices) {
  form.reset();
  title = choices.title || "";
  for (const name of ["status", "clause", "category", "column"]) {
    if (choices[name] && form.elements[name]) form.elements[name].value = choices[name];
  }
  apply();
  document.getElementById("tests").scrollIntoView();
}

form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => {
  title = "";
  setTimeout(apply);
});
document.addEventListener("click", (event) => {
  const filter = event.target.closest(
    "[data-filter-status], [data-filter-clause], [data-filter-category], [data-filter-title]",
  );
  if (filter) {
    const data = filter.dataset;
    const pressed = filter.getAttribute("aria-pressed") === "true";
    choose(
      pressed
        ? {}
        : {
            status: data.filterStatus,
            clause: data.filterClause,
            category: data.filterCategory,
            title: data.filterTitle,
            column: data.filterColumn,
          },
    );
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const range = document.createRange();
    range.selectNodeContents(copy.previousElementSibling);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const done = () => (copy.textContent = "copied");
    if (navigator.clipboard) navigator.clipboard.writeText(copy.dataset.copy).then(done, () => {});
    else if (document.execCommand("copy")) done();
  }
  const picture = event.target.closest(".picture");
  if (picture) picture.classList.toggle("whole");
});
