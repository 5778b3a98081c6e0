"""The field says what it means; its column keeps its name, which the release before uses too. No table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sync", "0011_scoped_managers")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("intent", "rests_until", models.DateTimeField(db_column="rests_until")),
                migrations.RenameField("intent", "rests_until", "in_flight_until"),
            ]
        )
    ]
