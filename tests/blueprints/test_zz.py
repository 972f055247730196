from sqlalchemy import event
def test_x(session, ledger):
    from webapp.models import AuditEvent
    from tests.factories import NOW
    from webapp.db import db
    seen=[]
    def f(c,cur,st,pa,ctx,many): seen.append((st[:200],pa if not isinstance(pa,dict) else list(pa)[:3],many, len(pa)))
    event.listen(db.engine,"before_cursor_execute",f)
    session.add_all(AuditEvent(at=NOW, action="kept.create") for _ in range(2))
    session.commit()
    event.remove(db.engine,"before_cursor_execute",f)
    print(seen)
    assert 0
