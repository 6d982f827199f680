'use strict';

// What all parts of the page share: making elements, showing times, keeping things in the browser.

const $ = id => document.getElementById(id);

/** Makes an element. Children that are strings become text, never markup. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: zone }));
  return formats.get(key);
}

/** 14:05 */
const clock = (at, zone) => format(zone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));

/** 2026-03-02 */
const day = (at, zone) => format(zone, { dateStyle: 'short' }).format(new Date(at));

/** 2026-03-02 14:05 Europe/Madrid */
const instant = (at, zone) => `${day(at, zone)} ${clock(at, zone)} ${zone}`;

/** A time in a zone; its title gives the zone and UTC. */
function time(at, zone, text = instant(at, zone)) {
  const utc = instant(at, 'UTC');
  return el('time', { datetime: new Date(at).toISOString(), title: zone === 'UTC' ? utc : `${instant(at, zone)} (${utc})` }, text);
}

/** 5 min, 2 h 5 min, 3 d 4 h */
function duration(milliseconds) {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'under a minute';
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const parts = days > 0 ? [[days, 'd'], [hours, 'h']] : [[hours, 'h'], [minutes % 60, 'min']];
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** Values kept in this browser. A browser that keeps nothing still lets people chat. */
const kept = {
  read(key, fallback) {
    try {
      return JSON.parse(localStorage.getItem(`chat.${key}`)) ?? fallback;
    } catch {
      return fallback;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(`chat.${key}`, JSON.stringify(value));
    } catch {
      toast('This browser keeps nothing: what you type is lost if you reload.');
    }
  },
  remove(key) {
    try {
      localStorage.removeItem(`chat.${key}`);
    } catch {
      // Then it was never kept either.
    }
  },
  /** All values whose key begins like this. */
  all(prefix) {
    try {
      return Object.keys(localStorage)
        .filter(key => key.startsWith(`chat.${prefix}`))
        .map(key => this.read(key.slice('chat.'.length), null))
        .filter(value => value !== null);
    } catch {
      return [];
    }
  },
};

/** An id that makes a repeated try safe. */
const newId = () => crypto.randomUUID();

let toastTimer;

function toast(text) {
  $('toast').textContent = text;
  $('toast').classList.add('shown');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $('toast').classList.remove('shown'), 5_000);
}
