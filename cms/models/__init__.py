from cms.models.course import Course
from cms.models.instructor import Instructor
from cms.models.lesson import CourseCitation, Lesson, LessonQuestion
from cms.models.notice import UpdateNotice
from cms.models.release import CourseRelease
from cms.models.review import CourseReview, CourseReviewTask, GateTask
from cms.models.selection import Selection

__all__ = [
    "Course",
    "CourseCitation",
    "CourseRelease",
    "CourseReview",
    "CourseReviewTask",
    "GateTask",
    "Instructor",
    "Lesson",
    "LessonQuestion",
    "Selection",
    "UpdateNotice",
]
