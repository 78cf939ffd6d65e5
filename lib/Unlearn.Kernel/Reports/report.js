// Formulas: only what the Markdown marked as one. Without KaTeX, or where it cannot read one, the LaTeX stays.
if (window.katex) {
  for (const place of document.querySelectorAll(".math")) {
    const source = place.textContent.trim().replace(/^\\[([]\s*|\s*\\[)\]]$/g, "");
    try {
      const drawn = document.createElement("span");
      katex.render(source, drawn, { displayMode: place.tagName === "DIV", throwOnError: true, strict: "ignore" });
      place.replaceChildren(drawn);
      place.title = source;
      place.classList.add("typeset");
    } catch (error) {
      place.title = String(error.message || error);
    }
  }
}

// Charts: as wide as the page lets them be, and never wider.
if (window.Plotly) {
  for (const place of document.querySelectorAll("div.figure")) {
    const figure = JSON.parse(place.querySelector("script").textContent);
    const layout = Object.assign({}, figure.layout);
    if (layout.height) place.style.minHeight = layout.height + "px";
    if (layout.width) {
      place.style.maxWidth = layout.width + "px";
      delete layout.width;
    }
    Plotly.newPlot(place, figure.data || [], layout, Object.assign({ displaylogo: false }, figure.config, { responsive: true }));
  }
  addEventListener("beforeprint", () => {
    for (const place of document.querySelectorAll("div.figure")) Plotly.Plots.resize(place);
  });
}

const button = document.getElementById("code");
const sources = document.querySelectorAll("details.source");
button.hidden = sources.length === 0;
button.addEventListener("click", () => {
  const show = ![...sources].some(source => source.open);
  for (const source of sources) source.open = show;
  button.textContent = show ? "Hide code" : "Show code";
});
