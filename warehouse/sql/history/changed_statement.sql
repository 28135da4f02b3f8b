-- Statements that came or went with this publication, and those that have another stance now.
-- Grain: one row a statement. Parameter: $publication_no.
-- Reads: history.core_citation_statement, history.core_statement_stance, history.core_full_text,
--        history.change, history.publication, history.publication_run, core.citation_statement,
--        core.statement_stance, cited_name
insert into history.change by name
with moved as (
    select
        statement_id,
        citing_work_id,
        cited_work_id,
        source,
        run_id as text_run_id,
        is_added
    from history.core_citation_statement
    where publication_no = $publication_no
    -- one of which only something beside the sentence has changed is in both
    qualify count(*) over (partition by statement_id) = 1
),

stance_before as (
    select
        statement_id,
        stance,
        decided_by,
        reviewers
    from history.core_statement_stance
    where publication_no = $publication_no and not is_added
),

-- their edges, and whether those were ever news
edge as (
    select
        change.citing_work_id,
        change.cited_work_id,
        change.kind,
        any_value(change.reason)
        filter (where change.publication_no = $publication_no) as reason_now,
        bool_or(not change.is_back_fill) as was_news
    from history.change as change
    semi join moved
        on
            change.citing_work_id = moved.citing_work_id
            and change.cited_work_id = moved.cited_work_id
    where change.kind in ('citation_added', 'citation_removed')
    group by
        change.citing_work_id,
        change.cited_work_id,
        change.kind
),

-- citing works of which the text was asked for before, and was read or not open
asked_before as (
    select distinct work_id
    from history.core_full_text
    where
        publication_no = $publication_no
        and not is_added
        and outcome in ('read', 'not_open')
),

asked_now as (
    select full_text.work_id
    from history.core_full_text as full_text
    inner join history.publication_run as publication_run
        on
            full_text.publication_no = publication_run.publication_no
            and full_text.run_id = publication_run.run_id
    where full_text.publication_no = $publication_no and full_text.is_added
),

event as (
    select
        moved.statement_id,
        moved.citing_work_id,
        moved.cited_work_id,
        moved.source,
        'statement_added' as kind,
        null as before_value,
        stance.stance as after_value,
        case
            when edge.reason_now is not null then edge.reason_now
            when publication_run.run_id is null then 'reread'
            when edge.was_news or asked_before.work_id is not null then 'new'
            else 'first_look'
        end as reason
    from moved
    left join core.statement_stance as stance on moved.statement_id = stance.statement_id
    left join edge
        on
            moved.citing_work_id = edge.citing_work_id
            and moved.cited_work_id = edge.cited_work_id
            and edge.kind = 'citation_added'
    left join history.publication_run as publication_run
        on
            publication_run.publication_no = $publication_no
            and moved.text_run_id = publication_run.run_id
    left join asked_before on moved.citing_work_id = asked_before.work_id
    where moved.is_added
    union all by name
    select
        moved.statement_id,
        moved.citing_work_id,
        moved.cited_work_id,
        moved.source,
        'statement_removed' as kind,
        stance_before.stance as before_value,
        null as after_value,
        case
            when edge.reason_now is not null then edge.reason_now
            when asked_now.work_id is not null then 'told'
            else 'reread'
        end as reason
    from moved
    left join stance_before on moved.statement_id = stance_before.statement_id
    left join edge
        on
            moved.citing_work_id = edge.citing_work_id
            and moved.cited_work_id = edge.cited_work_id
            and edge.kind = 'citation_removed'
    left join asked_now on moved.citing_work_id = asked_now.work_id
    where not moved.is_added
    union all by name
    select
        statement.statement_id,
        statement.citing_work_id,
        statement.cited_work_id,
        statement.source,
        'reclassified' as kind,
        stance_before.stance as before_value,
        stance.stance as after_value,
        case
            when stance.reviewers <> stance_before.reviewers then 'reviewed'
            when 'reviewer' in (stance.decided_by, stance_before.decided_by) then 'reviewed'
            else 'reread'
        end as reason
    from stance_before
    inner join core.statement_stance as stance
        on stance_before.statement_id = stance.statement_id
    inner join core.citation_statement as statement
        on stance_before.statement_id = statement.statement_id
    where stance_before.stance is distinct from stance.stance
)

select
    sha256(concat_ws(
        '|',
        coalesce(publication.run_id, cast($publication_no as varchar)),
        event.kind,
        event.statement_id
    ))[:32] as change_id,
    $publication_no as publication_no,
    event.kind,
    event.reason,
    publication.command = 'backfill'
    or event.reason not in ('new', 'came_back', 'withdrawn', 'told') as is_back_fill,
    cited_name.cited_doi,
    event.cited_work_id,
    event.citing_work_id,
    event.statement_id,
    'stance' as field,
    event.before_value,
    event.after_value,
    event.source,
    publication.run_id
from event
inner join history.publication as publication
    on publication.publication_no = $publication_no
left join cited_name on event.cited_work_id = cited_name.work_id
