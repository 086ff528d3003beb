// The page says everything without this: each slice has a title. This shows it below the plot.
for (const figure of document.querySelectorAll(".timeline")) {
  const readout = figure.querySelector(".readout");
  const cursor = figure.querySelector(".cursor");
  const show = (event) => {
    const slice = event.target.closest(".slices rect");
    if (!slice) return;
    const all = slice.ownerSVGElement.viewBox.baseVal.width;
    const at = (100 * (slice.x.baseVal.value + 0.5)) / all + "%";
    readout.textContent = slice.querySelector("title").textContent;
    cursor.setAttribute("x1", at);
    cursor.setAttribute("x2", at);
    figure.classList.add("pointed");
  };
  figure.addEventListener("pointermove", show);
  figure.addEventListener("pointerdown", show);
}
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
