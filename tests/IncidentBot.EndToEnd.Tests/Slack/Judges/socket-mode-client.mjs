#!/usr/bin/env node
// Slack's own Socket Mode client against another Slack: node socket-mode-client.mjs http://127.0.0.1:PORT/api/
// Acknowledges every envelope, slash commands with a payload; one JSON line for each thing that happens.
import { SocketModeClient, LogLevel } from '@slack/socket-mode';
const client = new SocketModeClient({ appToken: 'xapp-1-test', logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl: process.argv[2] } });
const say = (what, more) => console.log(JSON.stringify({ what, ...more }));
client.on('connected', () => say('connected'));
client.on('slack_event', async ({ ack, envelope_id, type, body, retry_num, retry_reason, accepts_response_payload }) => {
  say(type, { envelope_id, retry_num, retry_reason, accepts_response_payload, inner: body?.command ?? body?.event?.type ?? body?.type });
  await ack(type === 'slash_commands' ? { text: 'on it' } : undefined);
});
await client.start();
