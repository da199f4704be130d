// Category and search listings: sort as soon as an order is chosen, and keep addresses short.

const filters = document.getElementById("filters");

filters?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) {
    if (value === "") formData.delete(name);
  }
});

document.getElementById("sort")?.addEventListener("change", () => filters.requestSubmit());
