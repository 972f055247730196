// The entry of the service worker, at the root so that it may answer for every page.
// Needs: release (str), shell (list of addresses). The release makes each one a new worker,
// and so does the language ({{ language }}): the kept page without network is written in it.
import {{ static_url("vendor/idb.js") | tojson }};
import { start } from {{ static_url("js/sw/worker.js") | tojson }};

start(self, {
  release: {{ release | tojson }},
  shell: {{ shell | tojson }},
  offline: {{ url_for("pwa.offline") | tojson }},
});
