// On every page: offer suggestions while someone types a search.

const PAUSE = 180; // milliseconds without a key before asking

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.list = document.createElement("ul");
    this.list.id = "finder-list";
    this.list.className = "finder__list";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels[0].textContent);
    form.append(this.list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    })) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    if (this.input === document.activeElement) this.later(); // typed before the script was here
  }

  later() {
    clearTimeout(this.timer);
    const words = this.input.value.trim();
    if (words.length < 2) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(words), PAUSE);
  }

  async ask(words) {
    this.request?.abort();
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?q=${encodeURIComponent(words)}`, {
        signal: this.request.signal,
        headers: { Accept: "application/json" },
      });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch {
      this.close(); // aborted or offline: the search itself still works
    }
  }

  show(suggestions) {
    this.list.replaceChildren(...suggestions.map((suggestion, index) => this.option(suggestion, index)));
    this.chosen = -1;
    this.open(suggestions.length > 0);
  }

  option({ title, url, detail, image }, index) {
    const item = document.createElement("li");
    item.id = `finder-option-${index}`;
    item.className = "finder__option";
    item.setAttribute("role", "option");
    item.dataset.url = url;
    if (image) {
      const picture = document.createElement("img");
      Object.assign(picture, { src: image, alt: "", width: 36, height: 36 });
      item.append(picture);
    }
    for (const text of [title, detail].filter(Boolean)) {
      const part = document.createElement("span");
      part.textContent = text;
      item.append(part);
    }
    item.addEventListener("mousedown", () => location.assign(url));
    return item;
  }

  key(event) {
    if (this.list.hidden) return;
    const options = [...this.list.children];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(options, (this.chosen + step + options.length + (this.chosen < 0 && step < 0)) % options.length);
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      location.assign(options[this.chosen].dataset.url);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  choose(options, index) {
    this.chosen = index;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    this.input.setAttribute("aria-activedescendant", options[index].id);
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.open(false);
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Suggestions(form);
