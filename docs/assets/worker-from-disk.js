// Browsers start no worker for a page that was opened from disk. There, an invisible frame does the same: the search needs it.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.appendChild(this.frame);
      const inner = this.frame.contentWindow;
      this.ready = new Promise((resolve) => (this.frame.onload = resolve));
      window.addEventListener("message", (event) => {
        if (event.source !== inner) return;
        const told = new MessageEvent("message", { data: event.data });
        this.dispatchEvent(told);
        if (this.onmessage) this.onmessage(told);
      });
      const script = String(url).replaceAll('"', "%22");
      inner.document.open();
      inner.document.write(
        '<script>postMessage=(data)=>parent.postMessage(data,"*");' +
          "importScripts=(...urls)=>urls.reduce((before,url)=>before.then(()=>new Promise((done,failed)=>{" +
          'const one=document.createElement("script");one.src=url;one.onload=done;one.onerror=failed;' +
          "document.body.appendChild(one)})),Promise.resolve())</script>" +
          `<body><script src="${script}"></script></body>`
      );
      inner.document.close();
    }

    postMessage(data) {
      this.ready.then(() => this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data })));
    }

    terminate() {
      this.frame.remove();
    }
  };
}
