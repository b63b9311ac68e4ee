// What every page does beside its forms and links. All of it is comfort: each page works without it.
(function () {
  "use strict";

  // An element with data-key is pressed or focused by that key: F2, F9, Escape, Ctrl+P ...
  function nameOf(event) {
    var name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    return (event.ctrlKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + (event.shiftKey && event.key.length > 1 ? "Shift+" : "") + name;
  }

  var isAway = false;

  function isShown(element) {
    return element.getClientRects().length > 0 && !element.disabled;
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing || !event.key) { return; }
    var name = nameOf(event);
    var all = document.querySelectorAll("[data-key]");
    for (var i = 0; i < all.length; i++) {
      if (all[i].dataset.key === name && isShown(all[i])) {
        event.preventDefault();
        if (all[i].matches("input:not([type=submit]), select, textarea, summary")) { all[i].focus(); if (all[i].select) { all[i].select(); } }
        else { all[i].click(); }
        return;
      }
    }
  });

  // A row of a list is chosen with the arrows: the focus goes through what carries data-row.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") { return; }
    var list = event.target.closest && event.target.closest("[data-rows]");
    if (!list) { return; }
    var rows = Array.prototype.filter.call(list.querySelectorAll("[data-row]"), isShown);
    var at = rows.indexOf(document.activeElement);
    var next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  });

  // A form is sent once: a second press before the answer does nothing.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent || isAway) { event.preventDefault(); return; }
    if (!form.hasAttribute("hx-post") && !form.hasAttribute("hx-get") && form.method === "post") {
      form.dataset.sent = "yes";
      // Longer than a person waits without wondering: said, so that nobody presses again or goes away.
      window.setTimeout(function () { var slow = document.getElementById("slow"); if (slow) { slow.hidden = false; } }, 1500);
    }
  });
  window.addEventListener("pageshow", function () {
    var slow = document.getElementById("slow");
    if (slow) { slow.hidden = true; }
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  document.addEventListener("click", function (event) {
    var print = event.target.closest && event.target.closest("[data-print]");
    if (print) { event.preventDefault(); window.print(); }
  });

  // The program behind the page does not answer: said calmly, taken back by the next answer.
  function gone(now) {
    var notice = document.getElementById("gone");
    if (notice) { notice.hidden = !now; }
  }
  // While nobody answers no form is sent: the browser would put its own error in the place of what was typed.
  function away() { isAway = true; gone(true); }
  document.addEventListener("htmx:sendError", away);
  document.addEventListener("htmx:timeout", away);
  document.addEventListener("htmx:afterOnLoad", function () { gone(false); });

  // An answer that is a page of its own (signed out, locked, in trouble) replaces the whole page, not a piece of it.
  document.addEventListener("htmx:beforeSwap", function (event) {
    var status = event.detail.xhr.status;
    isAway = false;
    if (status >= 400 && event.detail.xhr.getResponseHeader("X-Partial") === "yes") { event.detail.shouldSwap = true; event.detail.isError = false; }
    else if (status >= 400) { gone(status >= 500); }
  });
})();
