// What a browser with JavaScript gets on top; every page is whole without it.
"use strict";

// A link to text becomes a button that copies it, where the browser lets a page copy.
if (navigator.clipboard) {
  for (const link of document.querySelectorAll("a[data-copy]")) {
    const button = document.createElement("button");
    const told = document.createElement("span");
    button.type = "button";
    button.className = "as-link";
    button.textContent = `Copy: ${link.textContent.toLowerCase()}`;
    told.className = "hint told";
    told.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        const response = await fetch(link.href);
        if (!response.ok) throw new Error(response.statusText);
        await navigator.clipboard.writeText(await response.text());
        told.textContent = " Copied";
      } catch {
        location.assign(link.href);
      }
    });
    link.replaceWith(button, told);
  }
}

const tools = document.querySelector(".tools ul");
if (tools) {
  const entry = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "as-link";
  button.textContent = "Print";
  button.addEventListener("click", () => window.print());
  entry.append(button);
  tools.append(entry);
}

// On paper nothing can be opened, so evidence is printed open.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll(".answer details:not([open]), .grid details:not([open])")];
  for (const each of opened) each.open = true;
});
window.addEventListener("afterprint", () => {
  for (const each of opened) each.open = false;
});
