// What else can happen in a chat: things that are hard to bring about on the real Telegram.

import { toast } from './over.js';
import { tell } from './wire.js';

// The entries of the menu: [what it says, what it does, a note].
export function happenings({ place, by, thread, down, refresh, open }) {
  const inside = !['kicked', 'left'].includes(place.bot);
  const act = (operation, body = {}) => () => tell(operation, { chat: place.id, by, thread: thread || undefined, ...body })
    .then(refresh, (error) => toast(error.message));
  const entries = [];
  if (place.type === 'private') entries.push([inside ? 'Block the bot' : 'Unblock the bot', act('bot', { status: inside ? 'kicked' : 'member' })]);
  else {
    entries.push([inside ? 'Remove the bot' : 'Add the bot', act('bot', { status: inside ? 'kicked' : 'member' })]);
    if (inside) entries.push([place.bot === 'administrator' ? 'Make the bot a plain member' : 'Make the bot an admin',
      act('bot', { status: place.bot === 'administrator' ? 'member' : 'administrator' })]);
  }
  if (place.type === 'group') entries.push(['Upgrade to a supergroup', () => tell('upgrade', { chat: place.id }).then(async ({ chat: number }) => { await refresh(); open(number, true); })]);
  if (place.is_forum) {
    const topic = place.topics.find(({ id }) => id === thread);
    entries.push(['Open a new topic', act('topic', { act: 'new', name: 'Topic ' + (place.topics.length + 1) })]);
    if (topic) entries.push([topic.closed ? 'Reopen this topic' : 'Close this topic', act('topic', { act: topic.closed ? 'reopen' : 'close' })]);
  }
  if (place.type !== 'channel') {
    entries.push(['Share a location', act('locate', { latitude: 52.52, longitude: 13.405 }), 'Berlin']);
    entries.push(['Forward a channel post', act('forward', { text: 'The finance ministers of the two countries met in Oslo on Monday. https://example.com/oslo' })]);
  }
  entries.push([down ? 'Mend the line to the bot' : 'Cut the line to the bot', act('line', { down: !down })]);
  return entries;
}
