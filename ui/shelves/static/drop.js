// Files and folders, dropped or chosen, go to the server one by one. Gradio runs this once, when
// the zone is there, with `element`, `trigger` and `upload`.

const zone = () => element.querySelector("section.dl-zone");
let busy = false;

function say(text) {
  const status = element.querySelector("[role=status]");
  if (status) status.textContent = text;
}

// Of a dropped folder's entry: every file below it, with its name from that folder on.
async function below(entry) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    return [{ file, name: entry.fullPath.replace(/^\//, "") }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    for (const one of some) if (!one.name.startsWith(".")) found.push(...(await below(one)));
  }
}

async function send(files) {
  if (busy || !zone()) return;
  const limit = Number(zone().dataset.limit); // bytes
  const fit = files.filter(({ file, name }) => file.size <= limit && !/(^|\/)\./.test(name));
  const large = files.filter(({ file }) => file.size > limit).map(({ name }) => name);
  busy = true;
  const sent = [];
  const lost = [];
  for (const [at, { file, name }] of fit.entries()) {
    say(`Sending ${at + 1} of ${fit.length}…`);
    try {
      sent.push({ path: (await upload(file)).path, name });
    } catch {
      lost.push(name);
    }
  }
  busy = false;
  say("");
  if (sent.length + lost.length + large.length) trigger("upload", { files: sent, lost, large });
}

element.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-pick]");
  if (pick) element.querySelector(pick.dataset.pick === "files" ? "input[multiple]" : "input[webkitdirectory]").click();
});

element.addEventListener("change", (event) => {
  send([...event.target.files].map((file) => ({ file, name: file.webkitRelativePath || file.name })));
  event.target.value = "";
});

for (const kind of ["dragenter", "dragover", "dragleave", "drop"])
  element.addEventListener(kind, (event) => {
    event.preventDefault();
    zone()?.classList.toggle("dl-over", kind === "dragenter" || kind === "dragover");
  });

element.addEventListener("drop", async (event) => {
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  send((await Promise.all(entries.map(below))).flat());
});
