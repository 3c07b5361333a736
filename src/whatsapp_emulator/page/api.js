// The control API of the emulator.
export async function call(method, path, body) {
  const answer = await fetch(`control/${path}`, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body && JSON.stringify(body),
  });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(content.error || answer.statusText), { status: answer.status });
  return content;
}

export const business = () => call("GET", "business");
export const phones = () => call("GET", "phones");
export const addPhone = (waId, name) => call("PUT", `phones/${waId}`, name ? { name } : {});
export const messages = (waId, after) => call("GET", `phones/${waId}/messages?after=${after}`);
export const write = (waId, message) => call("POST", `phones/${waId}/messages`, message);
export const look = (waId) => call("POST", `phones/${waId}/read`);
export const form = (waId, action) => call("POST", `phones/${waId}/flow`, action);
export const mediaUrl = (id, name) => `control/media/${id}` + (name ? `?name=${encodeURIComponent(name)}` : "");
export const events = () => new EventSource("control/events");
