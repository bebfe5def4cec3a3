// What the bot sent (JSON on stdin) -> a page that shows it in light and dark, side by side.

import { readFileSync } from 'node:fs';
import { renderToString } from '@derockdev/discord-components-core/hydrate';
import markdown from 'discord-markdown-parser';

const { width, sent } = JSON.parse(readFileSync(0, 'utf8'));

const escape = (text) =>
	String(text).replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);

const face = (colour, letter) =>
	'data:image/svg+xml,' +
	encodeURIComponent(
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${colour}"/>` +
			`<text x="20" y="28" font-family="Noto Sans" font-size="22" text-anchor="middle" fill="#fff">${letter}</text></svg>`
	);
const BOT = face('#2e7d32', '“');
const PERSON = face('#5b6470', 'A');

const TAGS = { strong: 'strong', em: 'em', underline: 'u', strikethrough: 's', blockQuote: 'blockquote', subtext: 'small' };

/** Discord's Markdown as HTML. What has no tag here fails, so that nothing is drawn wrongly. */
function draw(nodes) {
	return nodes
		.map((node, at) => {
			if (node.type === 'text') return escape(node.content);
			if (node.type === 'twemoji') return escape(node.name);
			if (node.type === 'br') return after(nodes[at - 1]) ? '' : '<br>';
			if (node.type === 'heading') return `<h${node.level}>${draw(node.content)}</h${node.level}>`;
			if (node.type === 'codeBlock') return `<pre><code>${escape(node.content)}</code></pre>`;
			if (node.type === 'url' || node.type === 'autolink') return `<a href="#">${escape(node.target)}</a>`;
			if (!(node.type in TAGS)) throw new Error(`no way to draw ${JSON.stringify(node)}`);
			const inside = node.type === 'blockQuote' ? trim(node.content) : node.content;
			return `<${TAGS[node.type]}>${draw(inside)}</${TAGS[node.type]}>`;
		})
		.join('');
}

const after = (node) => ['blockQuote', 'heading', 'codeBlock'].includes(node?.type);
const trim = (nodes) => (nodes.at(-1)?.type === 'br' ? nodes.slice(0, -1) : nodes);
const read = (text) => draw(markdown.parse(text, 'extended')).replace(/(^|<br>)- /g, '$1• ');

const flat = (text) => read(text).replace(/<[^>]*>/g, '');

function embed(told) {
	const colour = `#${told.color.toString(16).padStart(6, '0')}`;
	const fields = (told.fields ?? [])
		.map((each) => `<discord-embed-field field-title="${flat(each.name)}">${read(each.value)}</discord-embed-field>`)
		.join('');
	return `<discord-embed slot="embeds" color="${colour}" ${told.title ? `embed-title="${flat(told.title)}"` : ''}>
		${told.description ? `<discord-embed-description slot="description">${read(told.description)}</discord-embed-description>` : ''}
		${fields && `<discord-embed-fields slot="fields">${fields}</discord-embed-fields>`}
		${told.footer ? `<discord-embed-footer slot="footer">${escape(told.footer.text)}</discord-embed-footer>` : ''}
	</discord-embed>`;
}

const TYPES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'destructive' };

function button(told) {
	const kind = told.url ? 'url="#"' : '';
	return `<discord-button type="${TYPES[told.style] ?? 'secondary'}" ${kind}>${escape(told.label)}</discord-button>`;
}

function message({ name, command, hidden, body }) {
	const rows = (body.components ?? [])
		.map((row) => `<discord-action-row>${row.components.map(button).join('')}</discord-action-row>`)
		.join('');
	const used = command
		? `<discord-command slot="reply" author="ann" avatar="${PERSON}" command="${command}"></discord-command>`
		: '';
	return `<discord-message author="Onrecord" avatar="${BOT}" bot timestamp="12:00" ${hidden ? 'ephemeral' : ''}>
		${used}${read(body.content ?? '')}${(body.embeds ?? []).map(embed).join('')}
		${rows && `<discord-attachments slot="components">${rows}</discord-attachments>`}
	</discord-message>`;
}

const themes = ['light-theme', ''].map(
	(theme) => `<discord-messages ${theme}>${sent.map(message).join('')}</discord-messages>`
);
const { html, diagnostics } = await renderToString(`<html><head><meta charset="utf-8"></head><body>${themes.join('')}</body></html>`, {
	removeUnusedStyles: false
});
for (const each of diagnostics) throw new Error(each.messageText);

// What the components lack of Discord as it is today: fonts that are at hand, colours, wrapping
// buttons, small print, and a phone's narrow margins.
const styles = `<style>
	* { font-family: 'Noto Sans', sans-serif !important; }
	pre code { font-family: 'Noto Sans Mono', monospace !important; white-space: pre-wrap; }
	body { margin: 0; display: flex; align-items: flex-start; background: #fff; }
	discord-messages { width: ${width}px; box-sizing: border-box; border: 0 !important; align-self: stretch; }
	.discord-message { margin: 0 !important; padding: 8px 12px 12px !important; }
	.discord-light-theme .discord-highlight-ephemeral { background-color: rgba(88, 101, 242, 0.05) !important; }
	.discord-light-theme .discord-replied-message-username { color: #23262a !important; }
	.discord-light-theme .discord-embed-footer { color: #4e5058 !important; }
	.discord-author-avatar { margin-right: 12px !important; }
	.discord-message-timestamp { display: none; }
	.discord-application-tag { text-transform: uppercase; }
	.discord-action-row { flex-wrap: wrap !important; }
	.discord-button { padding: 2px 12px !important; border-radius: 8px !important; margin: 2px 6px 2px 0 !important; }
	small { display: block; font-size: 0.8125rem; line-height: 1.125rem; opacity: 0.75; }
	blockquote { margin: 0; padding: 0 8px 0 12px; border-left: 4px solid #4e5058; }
	.discord-light-theme blockquote { border-color: #c7ccd1; }
	.discord-embed-footer { grid-column: 1 / 1 !important; }
	.discord-embed-description blockquote { border: 0; }
	.discord-message-body pre { margin: 4px 0; padding: 8px; border-radius: 4px !important; font-size: 0.875rem; line-height: 1.125rem; }
	.discord-message-body pre, .discord-message-body code { background: #2b2d31 !important; border-color: #1e1f22 !important; }
	.discord-light-theme pre, .discord-light-theme code { background: #f2f3f5 !important; border-color: #e3e5e8 !important; }
	.discord-messages { background-color: #313338 !important; }
	.discord-messages.discord-light-theme { background-color: #fff !important; }
	.discord-embed-wrapper { background-color: #2b2d31 !important; border-color: transparent !important; }
	.discord-light-theme .discord-embed-wrapper { background-color: #f2f3f5 !important; }
	.discord-button-secondary { background-color: #4e5058 !important; }
	.discord-light-theme .discord-button-secondary { background-color: #e3e5e8 !important; color: #313338 !important; }
	.discord-light-theme .discord-embed-title,
	.discord-light-theme .discord-field-title { color: #060607 !important; }
</style>`;
process.stdout.write(html.replace('</head>', `${styles}</head>`));
