"use strict";

// Sends the browser where the server says. Each move waits for its own time, in milliseconds.
function makeMoves(moves) {
  for (const move of moves) {
    if (move.after_ms) {
      setTimeout(() => makeMove(move), move.after_ms);
    } else {
      makeMove(move);
    }
  }
}

function makeMove(move) {
  switch (move.do) {
    case "title":
      document.title = move.text;
      break;
    case "popup":
      window.open(move.url, "_blank");
      break;
    case "frame": {
      const frame = document.createElement("iframe");
      frame.src = move.url;
      frame.className = "landing-frame";
      document.body.append(frame);
      break;
    }
    case "post": {
      const form = document.createElement("form");
      form.method = "post";
      form.action = move.url;
      document.body.append(form);
      form.submit();
      break;
    }
    default:
      location.assign(move.url);
  }
}
