"""The SMORTE coach: six lights on a goal, each with what was found in the text.

It advises and never blocks. Every light is the sum of small rules that can be explained to the one
who writes: this word was found, this field is empty. Nothing is guessed and nothing is learnt.

`goal_draft` holds the shapes, `words` the Danish words, `reading` finds them in a text, `rules`
and `frame_rules` are the rules, `assess` puts them together.

Source: individuelle-planer-og-status.txt, B. It names no E; ours is "Evaluerbart".
"""

from webapp.domain.smorte.assess import CODES, assess
from webapp.domain.smorte.goal_draft import Assessment, Finding, GoalDraft, Letter, Light

__all__ = ["CODES", "Assessment", "Finding", "GoalDraft", "Letter", "Light", "assess"]
