document.getElementById("fragment").textContent = location.hash || "none";
document.getElementById("address").textContent = location.href;
