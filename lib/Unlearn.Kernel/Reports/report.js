for (const place of document.querySelectorAll("div.figure")) {
  const figure = JSON.parse(place.querySelector("script").textContent);
  const layout = Object.assign({}, figure.layout);
  if (layout.height) place.style.minHeight = layout.height + "px";
  Plotly.newPlot(place, figure.data || [], layout, Object.assign({ responsive: true, displaylogo: false }, figure.config));
}
