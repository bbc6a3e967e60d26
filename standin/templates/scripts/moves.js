"use strict";

// Carries out the server's moves. after_ms delays a move, in milliseconds.
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
    case "brief-title": {
      const before = document.title;
      document.title = move.text;
      setTimeout(() => {
        document.title = before;
      }, 100);
      break;
    }
    case "console":
      console.log(move.text);
      break;
    case "alert":
    case "confirm":
      window[move.do](move.text);
      break;
    case "beforeunload":
      window.addEventListener("beforeunload", (event) => event.preventDefault());
      break;
    case "blank-window":
      window.open("");
      break;
    case "address":
      history.replaceState(null, "", move.text);
      break;
    case "name":
      window.name = move.text;
      break;
    case "popup":
      window.open(move.url, "_blank");
      break;
    case "field":
      document.querySelector("iframe[title='Card number']").src = move.url;
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
      for (const [name, value] of move.fields || []) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        field.value = value;
        form.append(field);
      }
      document.body.append(form);
      form.submit();
      break;
    }
    case "opener":
      window.opener.location.replace(move.url);
      break;
    case "fetch":
      fetch(move.url, { mode: "no-cors", keepalive: true }).catch(() => {});
      break;
    case "beacon":
      navigator.sendBeacon(move.url);
      break;
    case "image":
      new Image().src = move.url;
      break;
    case "prefetch": {
      const link = document.createElement("link");
      link.rel = "prefetch";
      link.href = move.url;
      document.head.append(link);
      break;
    }
    default:
      location.assign(move.url);
  }
}
