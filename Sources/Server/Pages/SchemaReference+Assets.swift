// What the reference looks like and how it searches: part of the page itself, which loads nothing.
extension SchemaReference {
    static let style = """
        :root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #c026a3; }
        * { box-sizing: border-box; }
        body { margin: 0; display: grid; grid-template-columns: 19rem 1fr; font: 15px/1.55 system-ui, sans-serif; }
        nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1rem; border-right: 1px solid var(--line); }
        nav ul, nav ol { list-style: none; margin: .3rem 0 .8rem; padding: 0; font-size: 13px; }
        nav summary { font-weight: 600; cursor: pointer; }
        nav input { width: 100%; padding: .5rem .6rem; font: inherit; border: 1px solid var(--line); border-radius: .4rem; }
        main { padding: 1.5rem 2.5rem 6rem; max-width: 62rem; min-width: 0; }
        h1 { margin-top: 0; } h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
        h3 { margin: 2.2rem 0 .4rem; font-size: 1.15rem; }
        section, dt { scroll-margin-top: 1rem; } :target { background: var(--soft); outline: .4rem solid var(--soft); }
        a { color: inherit; text-decoration: none; } a:hover { text-decoration: underline; } dt a + a, p a { color: var(--accent); }
        code { font: 13px/1.5 ui-monospace, monospace; } p code { background: var(--soft); padding: 0 .25em; border-radius: .2rem; }
        .kind, .deprecated { margin-left: .6rem; padding: .1rem .5rem; font: 12px system-ui; border-radius: 1rem; background: var(--soft); }
        .deprecated { color: #b45309; } .default, .uses, .reason { opacity: .75; } .uses { font-size: 13px; }
        dl { margin: .6rem 0 0 1rem; } dt { font-weight: 600; margin-top: .7rem; } dd { margin: 0 0 0 1.2rem; } dd p, section > p { margin: .2rem 0; }
        .arguments dt { font-weight: 400; } .arguments { border-left: 2px solid var(--line); padding-left: 1rem; margin-left: 0; }
        @media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; max-height: 45vh; } main { padding: 1rem; } }
        """

    static let script = """
        const search = document.getElementById("search"), results = document.getElementById("results");
        const entries = [...document.querySelectorAll("section[id], dt[id]")].map((node) => node.id);
        search.addEventListener("input", () => {
          const word = search.value.trim().toLowerCase();
          const found = word ? entries.filter((id) => id.toLowerCase().includes(word)) : [];
          const rank = (id) => (id.toLowerCase().split(".").pop().startsWith(word) ? 0 : 1) * 1000 + id.length;
          found.sort((a, b) => rank(a) - rank(b));
          results.replaceChildren(...found.slice(0, 40).map((id) => {
            const item = document.createElement("li"), link = document.createElement("a");
            link.href = "#" + id;
            link.textContent = id;
            item.append(link);
            return item;
          }));
        });
        search.addEventListener("keydown", (event) => {
          if (event.key === "Enter" && results.firstChild) location.hash = results.firstChild.firstChild.hash;
        });
        document.addEventListener("keydown", (event) => {
          if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.focus(); }
        });
        """
}
