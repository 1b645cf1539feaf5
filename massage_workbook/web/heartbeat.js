// A timer that goes on while the page is hidden, as the player's heartbeat.js makes one elsewhere.
self.onmessage = ({ data }) => setInterval(() => postMessage(0), data);
