"use strict";
for (const data of document.querySelectorAll("figure script")) {
  const chart = JSON.parse(data.textContent), figure = data.parentNode;
  const out = document.createElement("p");
  out.className = "readout";
  figure.insertBefore(out, figure.querySelector("figcaption"));
  for (const box of figure.querySelectorAll("[data-size]")) {
    const svg = box.querySelector("svg"), size = chart.sizes[box.dataset.size];
    if (!svg || !size) continue;
    const [left, top, right, bottom] = size.plot;
    const line = document.createElementNS(svg.namespaceURI, "line");
    line.setAttribute("class", "cursor");
    line.setAttribute("y1", top);
    line.setAttribute("y2", bottom);
    line.setAttribute("visibility", "hidden");
    svg.append(line);
    svg.addEventListener("pointermove", (e) => {
      const r = svg.getBoundingClientRect();
      const at = ((e.clientX - r.left) / r.width * size.view[0] - left) / (right - left);
      if (at < -0.02 || at > 1.02) return;
      let i = 0;
      chart.at.forEach((x, k) => { if (Math.abs(x - at) < Math.abs(chart.at[i] - at)) i = k; });
      const x = left + chart.at[i] * (right - left);
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
      line.setAttribute("visibility", "visible");
      const values = chart.series.filter((s) => s.y[i] !== null).map((s) => s.name + " " + s.y[i]);
      out.textContent = chart.x[i] + ": " + values.join(" · ");
    });
    svg.addEventListener("pointerleave", () => {
      line.setAttribute("visibility", "hidden");
      out.textContent = "";
    });
  }
}
