/** The page without network: the tablet may be put away while it is shown. */

import { followSight } from "../kept_pages.js";

followSight();
