// The page's way to the local Telegram: acts go out as POST, what happens comes in as server-sent events.

export async function tell(operation, body = {}) {
  const answer = await fetch('/sim/' + operation, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return understood(answer);
}

export async function upload(files, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value);
  for (const file of files) form.append('file', file, file.name);
  return understood(await fetch('/sim/upload', { method: 'POST', body: form }));
}

async function understood(answer) {
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error ?? body.description ?? 'That did not work.');
  return body;
}

// Calls `happened(event, data)`; `line(up)` when the connection comes or goes. EventSource connects again by itself.
export function listen(happened, line) {
  const source = new EventSource('/sim/events');
  source.onopen = () => line(true);
  source.onerror = () => line(false);
  source.onmessage = (message) => {
    const { event, data } = JSON.parse(message.data);
    happened(event, data);
  };
}
