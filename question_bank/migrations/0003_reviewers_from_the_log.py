"""Who reviewed what stands in the log; a reviewed question without an entry is a draft again."""

from django.db import migrations


def name_reviewers(apps, schema_editor):
    Question = apps.get_model("question_bank", "Question")
    Entry = apps.get_model("wagtailcore", "ModelLogEntry")
    entries = Entry.objects.filter(
        content_type__app_label="question_bank",
        content_type__model="question",
        action="question_bank.review",
        user__isnull=False,
    )
    for question in Question.objects.filter(state="reviewed", reviewed_by=None):
        entry = entries.filter(object_id=str(question.pk)).order_by("-timestamp").first()
        if entry is None or entry.user_id == question.created_by_id:
            question.state = "draft"
        else:
            question.reviewed_by_id, question.reviewed_at = entry.user_id, entry.timestamp
        question.save(update_fields=["state", "reviewed_by", "reviewed_at"])


class Migration(migrations.Migration):

    dependencies = [
        ("question_bank", "0002_review_validity_citations_papers"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(name_reviewers, migrations.RunPython.noop)]
