'use strict';

// The way to the server: requests, and the stream of events.

/** Why a request failed. A passing fault may go away by itself: no connection, or the store cannot write now. */
class Fault extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
    this.isPassing = status === 0 || status === 503;
  }
}

async function request(method, path, body) {
  let response;
  try {
    response = await fetch(`/chat${path}`, {
      method,
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new Fault(0, 'No connection to the bot.');
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Fault(response.status, answer?.detail ?? `The bot answered ${response.status}.`);
  return answer;
}

const get = path => request('GET', path);
const post = (path, body) => request('POST', path, body);

/**
 * Follows what happens after an event. The browser reconnects by itself after a break; where it gives up, or where nothing was
 * heard for too long, the stream is opened anew after the last event that came.
 */
class EventStream {
  static silence = 40_000;
  static pause = 2_000;
  static types = ['message', 'room', 'person', 'reset'];

  constructor(person, after, onEvent, onState) {
    Object.assign(this, { person, after, onEvent, onState });
    this.open();
  }

  open() {
    const source = new EventSource(`/chat/events?person=${encodeURIComponent(this.person)}&after=${this.after}`);
    this.source = source;
    this.listen();
    source.addEventListener('hello', () => {
      this.listen();
      this.onState('connected');
    });
    source.addEventListener('heartbeat', () => this.listen());
    for (const type of EventStream.types) source.addEventListener(type, event => this.take(type, event));
    source.addEventListener('error', () => {
      this.onState('reconnecting');
      if (source.readyState === EventSource.CLOSED) this.reopen();
    });
  }

  take(type, event) {
    // The message event is also what the browser calls an event without a type; those have no data of ours.
    if (this.source !== event.target) return;
    this.listen();
    this.after = event.lastEventId || this.after;
    this.onEvent(type, JSON.parse(event.data));
  }

  listen() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.onState('reconnecting');
      this.reopen();
    }, EventStream.silence);
  }

  reopen() {
    this.close();
    this.timer = setTimeout(() => this.open(), EventStream.pause);
  }

  close() {
    clearTimeout(this.timer);
    this.source.close();
  }
}
