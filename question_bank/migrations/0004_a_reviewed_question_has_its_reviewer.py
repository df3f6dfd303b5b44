from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("question_bank", "0003_reviewers_from_the_log"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'reviewed'), _negated=True), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='a_reviewed_question_has_its_reviewer'),
        ),
    ]
