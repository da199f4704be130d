// Plus and minus around a number field. Without it the field is a plain number field.

class QuantityBox extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = this.querySelector("input");
    this.fewer = this.step("−", this.input.dataset.fewer, -1);
    this.more = this.step("+", this.input.dataset.more, 1);
    this.prepend(this.fewer);
    this.append(this.more);
    this.classList.add("quantity__box--stepped");
    this.input.addEventListener("input", () => this.limit());
    this.limit();
  }

  step(sign, name, by) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quantity__step";
    button.textContent = sign;
    button.setAttribute("aria-label", [name, this.input.getAttribute("aria-label")].filter(Boolean).join(": "));
    button.addEventListener("click", () => {
      if (by > 0) this.input.stepUp();
      else this.input.stepDown();
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return button;
  }

  limit() {
    const value = Number(this.input.value);
    this.fewer.disabled = value <= Number(this.input.min);
    this.more.disabled = this.input.max !== "" && value >= Number(this.input.max);
  }
}

customElements.define("quantity-box", QuantityBox);
